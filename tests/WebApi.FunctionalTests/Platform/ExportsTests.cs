using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Exports from the request to the file, with a real worker.</summary>
public sealed class ExportsTests : PlatformTest
{
    protected override bool Workers => true;

    [TestCase("/v1/analytics/messages?timezone=Asia/Kolkata", "MESSAGE_ANALYTICS_EXPORT", "text/csv", "row,day,channel_id,")]
    [TestCase("/v1/analytics/users?format=ndjson", "USER_ANALYTICS_EXPORT", "application/x-ndjson", "{\"row\":\"detail\"")]
    public async Task Export_creates_a_file_to_download(string path, string type, string contentType, string start)
    {
        var job = await ExportAsync(path);

        Assert.That((string)job["type"]!, Is.EqualTo(type));
        Assert.That((string)job["file"]!, Is.EqualTo((string)job["_links"]!["file"]!["href"]!));
        using var file = await Caller.GetAsync(new Uri((string)job["file"]!));
        Assert.That(file.Content.Headers.ContentType!.MediaType, Is.EqualTo(contentType));
        Assert.That(file.Content.Headers.ContentDisposition!.FileName, Does.Contain($"-{job["id"]}."));
        Assert.That(await file.Content.ReadAsStringAsync(), Does.StartWith(start));
    }

    [Test]
    public async Task Application_export_is_a_zip_that_can_be_imported()
    {
        var job = await ExportAsync("/v1/exports");

        await using var zip = new ZipArchive(await Caller.GetStreamAsync(new Uri((string)job["file"]!)));
        Assert.That((string)job["type"]!, Is.EqualTo("APPLICATION_EXPORT"));
        Assert.That(
            zip.Entries.Select(entry => entry.Name),
            Is.EqualTo(["users.ndjson.gz", "channels.ndjson.gz", "members.ndjson.gz", "messages.ndjson.gz"]));
    }

    [Test]
    public async Task File_supports_ranges()
    {
        var job = await ExportAsync("/v1/analytics/messages");
        var whole = await Caller.GetStringAsync(new Uri((string)job["file"]!));

        using var request = new HttpRequestMessage(HttpMethod.Get, (string)job["file"]!);
        request.Headers.Range = new RangeHeaderValue(4, 9);
        using var part = await Caller.SendAsync(request);

        Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await part.Content.ReadAsStringAsync(), Is.EqualTo(whole[4..10]));
    }

    [Test]
    public async Task File_of_another_application_or_of_an_import_gives_404()
    {
        var job = await ExportAsync("/v1/analytics/messages");
        using var others = ClientFor(Hillside);

        await SendAsync(HttpMethod.Get, $"/v1/jobs/{job["id"]}/file", null, HttpStatusCode.NotFound, client: others);
        await GetAsync("/v1/jobs/999/file", HttpStatusCode.NotFound);
    }

    [TestCase("from=yesterday", "from:")]
    [TestCase("from=2020-02-01&to=2020-01-01", "to:")]
    [TestCase("timezone=Mars", "timezone:")]
    [TestCase("format=xlsx", "format:")]
    public async Task Invalid_export_is_rejected(string query, string explanation)
    {
        var refused = await PostAsync($"/v1/analytics/messages?{query}", "", HttpStatusCode.BadRequest);

        Assert.That((string)refused["explanation"]!, Does.StartWith(explanation));
    }

    private async Task<JsonNode> ExportAsync(string path)
    {
        // The client of the vendor posts an empty form.
        var job = await SendAsync(HttpMethod.Post, path, "", HttpStatusCode.Accepted, "application/x-www-form-urlencoded");
        Assert.That(job["file"], Is.Null);
        await Wait.UntilAsync(
            async () => (string)(job = await GetAsync($"/v1/jobs/{job["id"]}"))["state"]! is not ("PENDING" or "RUNNING"), "the export");
        Assert.That((string)job["state"]!, Is.EqualTo("FINISHED"), job.ToJsonString());
        return job;
    }
}
