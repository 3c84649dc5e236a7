using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Files sent as messages: upload, download, deletion (docs/contracts/platform.md#files).</summary>
public sealed class FilesTests : UploadTest
{
    private const string ToLobby = "/v1/channels/1/messages";
    private static readonly byte[] Picture = [0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3];

    [Test]
    public async Task File_of_a_user_is_a_message_with_the_form_fields()
    {
        var sent = await UploadAsync(ToLobby, Form(
            Picture, fields: """username=bob&groupTag=holiday&properties={"Key_One":[1,null]}"""));

        Approved.Matches(WithoutCode(sent.ToJsonString()), "Platform/message-file");
        Assert.That((await GetAsync($"/v1/messages/{sent["id"]}")).ToJsonString(), Is.EqualTo(sent.ToJsonString()));
    }

    [Test]
    public async Task File_without_a_user_is_a_system_message()
    {
        var sent = await UploadAsync(ToLobby, Form(Picture), accept: "application/vnd.chatkitty+json");

        Approved.Matches(WithoutCode(sent.ToJsonString()), "Platform/message-system-file-hosted-snake-case");
    }

    [Test]
    public async Task Parts_may_come_in_any_order_and_a_file_may_be_a_reply()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("bob"), "username" }, { new StringContent("x"), "unknown" },
            { new ByteArrayContent(Picture), "file", "a.png" }, { new StringContent("g"), "group_tag" },
        };

        var sent = await UploadAsync($"/v1/threads/{Greeting}/messages", form);

        Assert.That((string)sent["user"]!["name"]!, Is.EqualTo("bob"));
        Assert.That((string)sent["groupTag"]!, Is.EqualTo("g"));
        Assert.That((int)sent["nestedLevel"]!, Is.EqualTo(1));
        Assert.That((string)sent["file"]!["contentType"]!, Is.EqualTo("application/octet-stream"), "no type was sent");
    }

    [TestCase("image/png", "a.png", "inline")]
    [TestCase("video/mp4", "a.mp4", "inline")]
    [TestCase("text/plain; charset=utf-8", "a.txt", "inline")]
    [TestCase("text/html", "a.html", "attachment")]
    [TestCase("image/svg+xml", "a.svg", "attachment")]
    [TestCase("application/pdf", "Übersicht 2026 🌞.pdf", "attachment")]
    public async Task File_is_served_with_its_type_and_name(string type, string name, string disposition)
    {
        var file = (await UploadAsync(ToLobby, Form(Picture, type, name)))["file"]!;

        using var response = await FetchAsync(file["url"]!);

        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Picture));
        var headers = response.Content.Headers;
        Assert.That((headers.ContentType!.ToString(), headers.ContentLength), Is.EqualTo((type, Picture.Length)));
        Assert.That(headers.ContentDisposition!.DispositionType, Is.EqualTo(disposition));
        Assert.That(headers.ContentDisposition.FileNameStar, Is.EqualTo((string)file["name"]!));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        Assert.That(response.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(["default-src 'none'; sandbox"]));
        Assert.That(response.Headers.CacheControl!.ToString(), Does.Contain("private"));
    }

    [Test]
    public async Task Names_are_decoded_as_browsers_and_programs_encode_them()
    {
        using var raw = new StringContent(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\holiday\\Käse 🌞.png\"\r\n"
            + "Content-Type: image/png\r\n\r\nx\r\n--b--\r\n");
        raw.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        Assert.That((string)(await UploadAsync(ToLobby, raw))["file"]!["name"]!, Is.EqualTo("Käse 🌞.png"));
        Assert.That((string)(await UploadAsync(ToLobby, Form("x", name: "ü/../ö.txt")))["file"]!["name"]!, Is.EqualTo("ö.txt"));
    }

    [Test]
    public async Task Download_supports_304_and_ranges()
    {
        var url = (await UploadAsync(ToLobby, Form("0123456789")))["file"]!["url"]!;
        using var head = await FetchAsync(url, HttpMethod.Head);
        using var again = await FetchAsync(url, headers: ("If-None-Match", head.Headers.ETag!.Tag));
        using var rest = await FetchAsync(url, headers: [("Range", "bytes=4-"), ("If-Range", head.Headers.ETag.Tag)]);
        using var beyond = await FetchAsync(url, headers: ("Range", "bytes=10-"));

        Assert.That((head.StatusCode, head.Content.Headers.ContentLength), Is.EqualTo((HttpStatusCode.OK, 10)));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That((rest.StatusCode, await rest.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.PartialContent, "456789")));
        Assert.That(rest.Content.Headers.ContentRange!.ToString(), Is.EqualTo("bytes 4-9/10"));
        Assert.That(beyond.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
    }

    [Test]
    public async Task File_is_visible_to_its_application_and_without_a_token()
    {
        var url = (string)(await UploadAsync(ToLobby, Form(Picture)))["file"]!["url"]!;
        var other = url.Replace("/files/1.", "/files/2.", StringComparison.Ordinal);

        using var own = await Caller.GetAsync(new Uri(url));
        using var theirs = await ClientFor(Hillside).GetAsync(new Uri(url));

        Assert.That((own.StatusCode, theirs.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
        foreach (var wrong in new[] { other, url + "x", url[..^1], "/files/1.", "/files/x", "/files/99999999999999999999.x", "/files/.x" })
        {
            await SendAsync(HttpMethod.Get, wrong, null, HttpStatusCode.NotFound, client: Anonymous());
        }
    }

    [TestCase("/v1/channels/99/messages", "username=bob", HttpStatusCode.NotFound)]
    [TestCase("/v1/threads/99/messages", "username=bob", HttpStatusCode.NotFound)]
    [TestCase(ToLobby, "username=nobody", HttpStatusCode.BadRequest)]
    [TestCase(ToLobby, "username= ", HttpStatusCode.BadRequest)]
    [TestCase(ToLobby, "properties=[1]", HttpStatusCode.BadRequest)]
    [TestCase(ToLobby, "properties={", HttpStatusCode.BadRequest)]
    [TestCase(ToLobby, "groupTag=\0", HttpStatusCode.BadRequest)]
    [TestCase("/v1/channels/2/messages", "username=carol", HttpStatusCode.BadRequest)]
    public async Task Rejected_message_stores_no_file(string path, string fields, HttpStatusCode expected)
    {
        await UploadAsync(path, Form(Picture, fields: fields), expected);
        await CleanUpAsync();

        Assert.That(StoredFiles(), Is.Empty);
    }

    [Test]
    public async Task A_field_that_is_too_long_is_rejected_not_truncated()
    {
        var long_ = new string('x', 300_000);

        await UploadAsync(ToLobby, Form(Picture, fields: $$"""properties={"a":"{{long_}}"}"""), HttpStatusCode.BadRequest);
        await UploadAsync(ToLobby, Form(Picture, name: long_[..300]), HttpStatusCode.BadRequest);
        await UploadAsync(ToLobby, Form(Picture, fields: $"groupTag={long_}"), HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task A_form_without_exactly_one_file_is_rejected()
    {
        using var none = new MultipartFormDataContent { { new StringContent("x"), "other" } };
        using var twice = Form(Picture);
        twice.Add(new ByteArrayContent(Picture), "file", "b.png");
        using var broken = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var unbounded = new StringContent("x");
        unbounded.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data");

        Assert.That((string)(await UploadAsync(ToLobby, none, HttpStatusCode.BadRequest))["explanation"]!, Does.StartWith("file:"));
        Assert.That((string)(await UploadAsync(ToLobby, twice, HttpStatusCode.BadRequest))["explanation"]!, Does.StartWith("file:"));
        Assert.That((string)(await UploadAsync(ToLobby, broken, HttpStatusCode.BadRequest))["explanation"]!, Does.StartWith("body:"));
        await UploadAsync(ToLobby, unbounded, HttpStatusCode.UnsupportedMediaType);
        await UploadAsync(ToLobby, new StringContent("x", Encoding.UTF8, "text/plain"), HttpStatusCode.UnsupportedMediaType);
        Assert.That(StoredFiles(), Is.Empty);
    }

    [TestCase("DELETE", "/v1/messages/{0}")]
    [TestCase("DELETE", "/v1/messages")]
    [TestCase("DELETE", "/v1/channels/1")]
    [TestCase("DELETE", "/v1/users/2?erase=true")]
    public async Task File_is_deleted_with_its_message(string method, string path)
    {
        var sent = await UploadAsync(ToLobby, Form(Picture, fields: "username=bob"));
        var url = sent["file"]!["url"]!;
        await CleanUpAsync();
        Assert.That((await StatusOfAsync(url), StoredFiles().Length), Is.EqualTo((HttpStatusCode.OK, 1)));

        await SendAsync(new HttpMethod(method), string.Format(null, path, sent["id"]), null, HttpStatusCode.OK);

        Assert.That(await StatusOfAsync(url), Is.EqualTo(HttpStatusCode.NotFound), "immediately");
        await CleanUpAsync();
        Assert.That(StoredFiles(), Is.Empty);
    }

    [Test]
    public async Task File_of_a_deleted_users_message_remains()
    {
        var url = (await UploadAsync(ToLobby, Form(Picture, fields: "username=bob")))["file"]!["url"]!;

        await DeleteAsync("/v1/users/2");
        await CleanUpAsync();

        Assert.That(await StatusOfAsync(url), Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>Removes the random code from the address of a file.</summary>
    private static string WithoutCode(string json) =>
        System.Text.RegularExpressions.Regex.Replace(json, "/files/1\\.[A-Za-z0-9_-]{43}", "/files/1.code");
}
