using System.Net;
using System.Text;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class EntityTagTests : PlatformTest
{
    [TestCase("/v1/users/1")]
    [TestCase("/v1/channels/1")]
    [TestCase("/v1/messages/5")]
    public async Task Unchanged_resource_gives_304(string path)
    {
        var tag = await TagAsync(path);

        var unchanged = await ReadAsync(path, tag);
        await PatchAsync(path, """{"properties":{"a":1}}""");
        var changed = await ReadAsync(path, tag);

        Assert.That(unchanged, Is.EqualTo((HttpStatusCode.NotModified, tag, 0)));
        Assert.That(changed.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(changed.Tag, Is.Not.EqualTo(tag));
    }

    [Test]
    public async Task The_tag_changes_with_data_outside_the_row()
    {
        var tag = await TagAsync("/v1/channels/2");
        await PostAsync("/v1/channels/2/messages", """{"type":"TEXT","body":"x","user":{"id":1}}""");

        Assert.That((await ReadAsync("/v1/channels/2", tag)).Status, Is.EqualTo(HttpStatusCode.OK), "the last message has changed");
    }

    [TestCase("PATCH", "/v1/users/1")]
    [TestCase("PATCH", "/v1/channels/1")]
    [TestCase("PATCH", "/v1/messages/5")]
    [TestCase("DELETE", "/v1/users/2")]
    [TestCase("DELETE", "/v1/channels/1")]
    [TestCase("DELETE", "/v1/messages/5")]
    public async Task A_change_for_an_older_version_is_rejected(string method, string path)
    {
        var tag = await TagAsync(path);
        await PatchAsync(path, """{"properties":{"a":1}}""");

        Assert.That(await ChangeAsync(method, path, tag), Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(await ChangeAsync(method, path, "nonsense"), Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(await ChangeAsync(method, path, await TagAsync(path)), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task One_right_tag_of_a_list_is_enough()
    {
        var tag = await TagAsync("/v1/users/1");

        Assert.That(await ChangeAsync("PATCH", "/v1/users/1", "\"0.0\", \"1.0\""), Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(await ChangeAsync("PATCH", "/v1/users/1", $"\"0.0\", {tag}"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Settings_for_an_older_version_are_rejected()
    {
        const string settings = "/v1/application/settings";
        var tag = await TagAsync(settings);

        Assert.That(await PutSettingsAsync(tag, "ENABLED", "DISABLED"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await PutSettingsAsync(tag, "DISABLED", "ENABLED"), Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(await PutSettingsAsync(await TagAsync(settings), "DISABLED", "ENABLED"), Is.EqualTo(HttpStatusCode.OK));

        async Task<HttpStatusCode> PutSettingsAsync(string expected, string guests, string channels)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(settings, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("If-Match", expected);
            request.Content = new StringContent(
                $$"""{"guestUsers":"{{guests}}","userCreatedChannels":"{{channels}}"}""", Encoding.UTF8, "application/json");
            using var response = await Caller.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Test]
    public async Task Additions_by_others_do_not_fail_a_change()
    {
        var tag = await TagAsync("/v1/channels/2");
        await PostAsync("/v1/channels/2/messages", """{"type":"TEXT","body":"x","user":{"id":1}}""");

        Assert.That(await ChangeAsync("PATCH", "/v1/channels/2", tag), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ChangeAsync("PATCH", "/v1/channels/2", "*"), Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("/v1/users/1")]
    [TestCase("/v1/channels/1")]
    [TestCase("/v1/messages/5")]
    public async Task A_patch_that_changes_nothing_keeps_the_tag(string path)
    {
        await PatchAsync(path, """{"properties":{"a":1,"b":{"c":[1,2]}}}""");
        var tag = await TagAsync(path);

        foreach (var same in new[] { """{"a":1,"b":{"c":[1,2]}}""", "{}", """{"missing":null}""", """{"b":{}}""" })
        {
            await PatchAsync(path, $$"""{"properties":{{same}}}""");
            Assert.That(await TagAsync(path), Is.EqualTo(tag), same);
        }
    }

    [Test]
    public async Task Created_resources_have_the_same_tag_as_read_ones()
    {
        using var content = new StringContent("""{"name":"jane","displayName":"Jane"}""", Encoding.UTF8, "application/json");
        using var created = await Caller.PostAsync("/v1/users", content);
        var id = System.Text.Json.Nodes.JsonNode.Parse(await created.Content.ReadAsStringAsync())!["id"];

        Assert.That(created.Headers.ETag!.Tag, Is.EqualTo(await TagAsync($"/v1/users/{id}")));
    }

    private async Task<string> TagAsync(string path) => (await ReadAsync(path, null)).Tag!;

    private async Task<(HttpStatusCode Status, string? Tag, int Length)> ReadAsync(string path, string? noneMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (noneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", $"\"other\", {noneMatch}");
        }

        using var response = await Caller.SendAsync(request);
        return (response.StatusCode, response.Headers.ETag?.Tag, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    private async Task<HttpStatusCode> ChangeAsync(string method, string path, string match)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("If-Match", match);
        if (method == "PATCH")
        {
            request.Content = new StringContent("""{"properties":{"b":2}}""", Encoding.UTF8, "application/json");
        }

        using var response = await Caller.SendAsync(request);
        return response.StatusCode;
    }
}
