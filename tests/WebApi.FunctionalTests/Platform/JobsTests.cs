using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Jobs that uploads start; no worker runs here.</summary>
public sealed class JobsTests : PlatformTest
{
    [Test]
    public async Task Upload_is_accepted_as_a_pending_job()
    {
        var job = await UploadAsync("/v1/imports/users", "[]");

        Approved.Matches(job.ToJsonString(), "Platform/job");
        Assert.That((await GetAsync($"/v1/jobs/{job["id"]}")).ToJsonString(), Is.EqualTo(job.ToJsonString()));
        Assert.That(Ids(await GetAsync("/v1/jobs"), "jobs"), Is.EqualTo([(long)job["id"]!]));
    }

    [TestCase("/v1/imports/users", "USER_IMPORT")]
    [TestCase("/v1/imports/channels", "CHANNEL_IMPORT")]
    [TestCase("/v1/imports/channels/1/members", "CHANNEL_MEMBERS_IMPORT")]
    [TestCase("/v1/imports/members", "CHANNEL_MEMBERS_IMPORT")]
    [TestCase("/v1/imports/messages", "MESSAGE_IMPORT")]
    public async Task Each_import_has_its_type(string path, string type) =>
        Assert.That((string)(await UploadAsync(path, "[]"))["type"]!, Is.EqualTo(type));

    [TestCase("")]
    [TestCase("running=true")]
    [TestCase("running=false")]
    public async Task Lists_filter_by_running_or_ended_jobs(string query)
    {
        var waiting = (long)(await UploadAsync("/v1/imports/users", "[]"))["id"]!;
        var ended = (long)(await UploadAsync("/v1/imports/users", "[]"))["id"]!;
        await PostAsync($"/v1/jobs/{ended}/cancel", "");

        Assert.That(Ids(await GetAsync($"/v1/jobs?{query}"), "jobs"), Is.EqualTo(query switch
        {
            "running=true" => [waiting],
            "running=false" => [ended],
            _ => new List<long> { waiting, ended },
        }));
    }

    [Test]
    public async Task Lists_filter_by_type()
    {
        var users = (long)(await UploadAsync("/v1/imports/users", "[]"))["id"]!;
        var messages = (long)(await UploadAsync("/v1/imports/messages", "[]"))["id"]!;
        await UploadAsync("/v1/imports/channels", "[]");

        Assert.That(Ids(await GetAsync("/v1/jobs?type=USER_IMPORT"), "jobs"), Is.EqualTo([users]));
        Assert.That(Ids(await GetAsync("/v1/jobs?type=user_import&type=MESSAGE_IMPORT"), "jobs"), Is.EqualTo([users, messages]));
        await GetAsync("/v1/jobs?type=DANCE", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Lists_have_the_published_types_unless_others_are_asked_for()
    {
        var import = (long)(await UploadAsync("/v1/imports/users", "[]"))["id"]!;
        var analytics = (long)(await SendAsync(HttpMethod.Post, "/v1/analytics/users", null, HttpStatusCode.Accepted))["id"]!;
        var export = (long)(await SendAsync(HttpMethod.Post, "/v1/exports", null, HttpStatusCode.Accepted))["id"]!;

        Assert.That(Ids(await GetAsync("/v1/jobs"), "jobs"), Is.EqualTo([import, analytics]));
        Assert.That(Ids(await GetAsync("/v1/jobs?all=false"), "jobs"), Is.EqualTo([import, analytics]));
        Assert.That(Ids(await GetAsync("/v1/jobs?all=true"), "jobs"), Is.EqualTo([import, analytics, export]));
        Assert.That(Ids(await GetAsync("/v1/jobs?type=APPLICATION_EXPORT"), "jobs"), Is.EqualTo([export]));
        Assert.That(LinksOf(await GetAsync("/v1/jobs?all=true&size=2"))["next"], Is.EqualTo("/jobs?all=true&page=1&size=2"));
        await GetAsync($"/v1/jobs/{export}");
    }

    [Test]
    public async Task Ended_job_cannot_be_cancelled()
    {
        var id = (long)(await UploadAsync("/v1/imports/users", "[]"))["id"]!;

        var cancelled = await PostAsync($"/v1/jobs/{id}/cancel", "");

        Assert.That((string)cancelled["state"]!, Is.EqualTo("CANCELLED"));
        Assert.That(cancelled["endedTime"], Is.Not.Null);
        await PostAsync($"/v1/jobs/{id}/cancel", "");
    }

    [Test]
    public async Task Failed_items_are_listed_by_position_and_reported_completely()
    {
        var id = (long)(await UploadAsync("/v1/imports/users", "[]"))["id"]!;
        await AddErrorsAsync(id, 5);

        var first = await GetAsync($"/v1/jobs/{id}/errors?size=2");
        var second = await GetAsync((string)first["_links"]!["next"]!["href"]!);
        using var report = await Caller.GetAsync($"/v1/jobs/{id}/error-report");
        var lines = (await report.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(Values(first, "errors", "index"), Is.EqualTo(["0", "1"]));
        Assert.That(Values(second, "errors", "index"), Is.EqualTo(["2", "3"]));
        Assert.That(LinksOf(await GetAsync($"/v1/jobs/{id}/errors?from=4")).Keys, Is.EqualTo(["self", "report", "job"]));
        Assert.That(report.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/x-ndjson"));
        Assert.That(lines, Has.Length.EqualTo(5));
        Assert.That(JsonNode.Parse(lines[4])!.ToJsonString(), Is.EqualTo("""{"index":4,"idempotencyKey":"k4","reason":"is bad"}"""));
        await GetAsync($"/v1/jobs/{id}/errors?from=-1", HttpStatusCode.BadRequest);
        await GetAsync($"/v1/jobs/{id}/errors?size=-1", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Invalid_upload_is_rejected()
    {
        using var otherPart = new MultipartFormDataContent { { new StringContent("[]"), "data", "x.json" } };
        using var twice = new MultipartFormDataContent
        {
            { new StringContent("[]"), "file", "x.json" }, { new StringContent("[]"), "file", "y.json" },
        };
        using var broken = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n[{\"name\":", Encoding.UTF8);
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var json = new StringContent("[]", Encoding.UTF8, "application/json");

        Assert.That((string)(await SendFormAsync(otherPart, HttpStatusCode.BadRequest))["explanation"]!, Does.StartWith("file:"));
        Assert.That((string)(await SendFormAsync(twice, HttpStatusCode.BadRequest))["explanation"]!, Does.StartWith("file:"));
        Assert.That((string)(await SendFormAsync(broken, HttpStatusCode.BadRequest))["explanation"]!, Does.StartWith("body:"));
        await SendFormAsync(json, HttpStatusCode.UnsupportedMediaType);

        Assert.That(Ids(await GetAsync("/v1/jobs"), "jobs"), Is.Empty);
    }

    [Test]
    public async Task Members_of_an_unknown_channel_cannot_be_imported()
    {
        await UploadAsync("/v1/imports/channels/5/members", "[]", HttpStatusCode.NotFound);
        await UploadAsync($"/v1/imports/channels/{AliceAndBob.Id}/members", "[]", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Jobs_of_another_application_give_404()
    {
        var theirs = (long)(await UploadAsync("/v1/imports/users", "[]", client: ClientFor(Hillside)))["id"]!;

        foreach (var path in new[] { $"/v1/jobs/{theirs}", $"/v1/jobs/{theirs}/errors", $"/v1/jobs/{theirs}/error-report" })
        {
            await GetAsync(path, HttpStatusCode.NotFound);
        }

        await PostAsync($"/v1/jobs/{theirs}/cancel", "", HttpStatusCode.NotFound);
        Assert.That(Ids(await GetAsync("/v1/jobs"), "jobs"), Is.Empty);
    }

    private async Task<JsonNode> UploadAsync(
        string path, string file, HttpStatusCode expected = HttpStatusCode.Accepted, HttpClient? client = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("ignored"), "comment" },
            { new StringContent(file, Encoding.UTF8, "application/json"), "file", "items.json" },
        };
        return await SendFormAsync(form, expected, path, client);
    }

    private async Task<JsonNode> SendFormAsync(
        HttpContent content, HttpStatusCode expected, string path = "/v1/imports/users", HttpClient? client = null)
    {
        using var response = await (client ?? Caller).PostAsync(new Uri(path, UriKind.Relative), content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), body);
        return JsonNode.Parse(body)!;
    }

    private async Task AddErrorsAsync(long jobId, int count)
    {
        await using var db = Database.ContextFor(Riverside.Id);
        var job = db.Jobs.Single(job => job.Id == jobId);
        db.JobItemErrors.AddRange(Enumerable.Range(0, count).Select(i => JobItemError.Create(job, i, $"k{i}", "is bad")));
        await db.SaveChangesAsync();
    }
}
