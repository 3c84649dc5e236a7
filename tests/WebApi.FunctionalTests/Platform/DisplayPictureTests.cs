using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Display pictures: referenced, uploaded, replaced, deleted (docs/contracts/platform.md#display-pictures-and-avatars).</summary>
public sealed class DisplayPictureTests : UploadTest
{
    private const string ToBob = "/v1/users/2/display-picture";
    private const string Elsewhere = """{"url":"https://example.com/bob.png","name":"bob.png","contentType":"image/png","size":3}""";

    protected override void Configure(ServerFactory server) => server.Settings["Files:MaxPictureBytes"] = "1000";

    [TestCase(Elsewhere)]
    [TestCase("""{"url":"https://example.com/bob.png","name":"bob.png","content_type":"image/png","size":3}""")]
    public async Task External_picture_is_shown_by_its_address(string picture)
    {
        var user = await PostAsync(ToBob, picture);

        Assert.That((string)user["displayPictureUrl"]!, Is.EqualTo("https://example.com/bob.png"));
        Assert.That((await GetAsync("/v1/users/2")).ToJsonString(), Is.EqualTo(user.ToJsonString()));
        Assert.That(LinksOf(user), Is.EqualTo(new Dictionary<string, string>
        {
            ["self"] = "/users/2",
            ["channels"] = "/users/2/channels",
            ["notifications"] = "/users/2/notifications",
            ["displayPicture"] = "/users/2/display-picture",
            ["application"] = "",
        }));
    }

    [Test]
    public async Task Uploaded_picture_is_shown_in_all_resources()
    {
        var user = await UploadAsync(ToBob, Form([1, 2, 3]), accept: "application/vnd.chatkitty+json");

        var url = (string)user["display_picture_url"]!;
        using var picture = await FetchAsync(url);
        Assert.That(await picture.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(picture.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
        Assert.That((string)(await GetAsync($"/v1/messages/{Reply}"))["user"]!["displayPictureUrl"]!, Is.EqualTo(url));
    }

    [Test]
    public async Task Replaced_picture_is_deleted()
    {
        var first = (await UploadAsync(ToBob, Form([1])))["displayPictureUrl"]!;
        var second = (await UploadAsync(ToBob, Form([2])))["displayPictureUrl"]!;
        Assert.That((await StatusOfAsync(first), await StatusOfAsync(second)), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.OK)));
        await CleanUpAsync();
        Assert.That(StoredFiles(), Has.Length.EqualTo(1));

        await PostAsync(ToBob, Elsewhere);
        await CleanUpAsync();

        Assert.That(await StatusOfAsync(second), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(StoredFiles(), Is.Empty);
    }

    [Test]
    public async Task Concurrent_uploads_keep_one_picture()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(1, 12).Select(async i =>
        {
            using var form = Form([(byte)i]);
            using var response = await Caller.PostAsync(new Uri(ToBob, UriKind.Relative), form);
            return response.StatusCode;
        }));
        await CleanUpAsync();

        Assert.That(statuses, Has.All.EqualTo(HttpStatusCode.OK));
        Assert.That(StoredFiles(), Has.Length.EqualTo(1));
        Assert.That(await StatusOfAsync((await GetAsync("/v1/users/2"))["displayPictureUrl"]!), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Picture_is_deleted_with_its_user()
    {
        var url = (await UploadAsync(ToBob, Form([1])))["displayPictureUrl"]!;

        await DeleteAsync("/v1/users/2");

        Assert.That(await StatusOfAsync(url), Is.EqualTo(HttpStatusCode.NotFound));
        await CleanUpAsync();
        Assert.That(StoredFiles(), Is.Empty);
    }

    [TestCase("/v1/users/99/display-picture", "image/png", 1, HttpStatusCode.NotFound)]
    [TestCase("/v1/users/5/display-picture", "image/png", 1, HttpStatusCode.NotFound)]
    [TestCase(ToBob, "image/svg+xml", 1, HttpStatusCode.UnsupportedMediaType)]
    [TestCase(ToBob, "text/html", 1, HttpStatusCode.UnsupportedMediaType)]
    [TestCase(ToBob, "image/png", 1001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Rejected_upload_changes_and_stores_nothing(string path, string type, int size, HttpStatusCode expected)
    {
        var before = await GetAsync("/v1/users/2");

        await UploadAsync(path, Form(new byte[size], type), expected);
        await CleanUpAsync();

        Assert.That(StoredFiles(), Is.Empty);
        Assert.That((await GetAsync("/v1/users/2")).ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [TestCase("url", "null")]
    [TestCase("url", "\"ftp://example.com/a\"")]
    [TestCase("url", "\"/files/1.x\"")]
    [TestCase("url", "5")]
    [TestCase("name", "\" \"")]
    [TestCase("contentType", "null")]
    [TestCase("size", "-1")]
    [TestCase("size", "null")]
    public async Task Invalid_reference_is_rejected_with_the_field_name(string field, string value)
    {
        var body = JsonNode.Parse(Elsewhere)!.AsObject();
        body[field] = JsonNode.Parse(value);

        var refused = await PostAsync(ToBob, body.ToJsonString(), HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!.AsObject().Select(pair => pair.Key), Is.EqualTo([field]));
    }
}
