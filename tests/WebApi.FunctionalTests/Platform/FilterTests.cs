using System.Net;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Every filter of every list, with valid and invalid values (docs/contracts/platform.md#filters).</summary>
public sealed class FilterTests : PlatformTest
{
    [TestCase("/v1/users?name=alice&name=ignored&nonsense=1", "users", "1")]
    [TestCase("/v1/users?name=ALICE", "users", "")]
    [TestCase("/v1/users?name=dave", "users", "")]
    [TestCase("/v1/users?properties=%7B%22team%22%3A%7B%22id%22%3A7%7D%7D", "users", "2")]
    [TestCase("/v1/users?properties=%7B%7D&name=bob", "users", "2")]
    [TestCase("/v1/users?properties=%7B%22team%22%3A%7B%22id%22%3A7%7D%7D&name=alice", "users", "")]
    [TestCase("/v1/channels?properties=%7B%22tags%22%3A%5B%22b%22%5D%7D", "channels", "2")]
    [TestCase("/v1/channels?properties=%7B%22tags%22%3A%5B%22c%22%5D%7D", "channels", "")]
    [TestCase("/v1/channels?type=public&members=bob", "channels", "1")]
    [TestCase("/v1/channels?type=&startTime=&endTime=&properties=", "channels", "1,2,3,4")]
    [TestCase("/v1/channels?startTime=2026-06-15T12:00:00.000000000Z&endTime=2026-06-16", "channels", "1,2,3,4")]
    [TestCase("/v1/users?size=0&name=alice", "users", "1")]
    [TestCase("/v1/users?name=&size=2", "users", "1,2")]
    [TestCase("/v1/users?name=%20", "users", "")]
    [TestCase("/v1/users?name=%C2%A0", "users", "")]
    [TestCase("/v1/messages?username=%20", "messages", "")]
    [TestCase("/v1/messages?query=%20", "messages", "")]
    [TestCase("/v1/channels/1/messages?query=%C2%A0", "messages", "")]
    public async Task Matching_rows_are_listed(string path, string key, string ids)
    {
        await PatchAsync("/v1/users/2", """{"properties":{"team":{"id":7,"lead":true}}}""");
        await PatchAsync("/v1/channels/2", """{"properties":{"tags":["a","b"]}}""");

        Assert.That(string.Join(',', Ids(await GetAsync(path), key)), Is.EqualTo(ids));
    }

    [TestCase("/v1/users?name=%00", "name")]
    [TestCase("/v1/users?properties=1", "properties")]
    [TestCase("/v1/users?properties=%7B", "properties")]
    [TestCase("/v1/users?properties=%7B%22a%22%3A%22%5Cu0000%22%7D", "properties")]
    [TestCase("/v1/users?sort=presence", "sort")]
    [TestCase("/v1/channels?type=1", "type")]
    [TestCase("/v1/channels?members=", "members[0]")]
    [TestCase("/v1/channels?members=%00", "members[0]")]
    [TestCase("/v1/channels?startTime=12:00", "startTime")]
    [TestCase("/v1/channels?startTime=2026-02-30T00:00:00Z", "startTime")]
    [TestCase("/v1/channels?endTime=1718452800", "endTime")]
    [TestCase("/v1/channels?endTime=June", "endTime")]
    [TestCase("/v1/channels?endTime=%20", "endTime")]
    [TestCase("/v1/channels?properties=x", "properties")]
    [TestCase("/v1/jobs?running=maybe", "running")]
    [TestCase("/v1/jobs?type=x", "type")]
    [TestCase("/v1/user-sessions?state=OPEN", "state")]
    [TestCase("/v1/chat-sessions?state=0", "state")]
    [TestCase("/v1/users/1/messages?unread=maybe", "unread")]
    [TestCase("/v1/messages?username=%00", "username")]
    [TestCase("/v1/messages?size=-1", "size")]
    [TestCase("/v1/messages?relation=BACK", "relation")]
    [TestCase("/v1/users/1?unknown=1", null)]
    public async Task Invalid_values_are_rejected_with_the_filter_name(string path, string? field)
    {
        var response = await GetAsync(path, field is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest);

        Assert.That(response["properties"]!.AsObject().Select(pair => pair.Key), Is.EqualTo(field is null ? [] : new[] { field }));
    }

    [Test]
    public async Task Filters_have_length_limits()
    {
        var longName = new string('n', 256);
        var manyMembers = string.Join('&', Enumerable.Repeat("members=bob", 21));

        await GetAsync($"/v1/users?name={longName}", HttpStatusCode.BadRequest);
        await SendAsync(HttpMethod.Head, $"/v1/users?name={longName}", null, HttpStatusCode.BadRequest);
        await SendAsync(HttpMethod.Head, "/v1/users", null, HttpStatusCode.BadRequest);
        await GetAsync($"/v1/channels?{manyMembers}", HttpStatusCode.BadRequest);
        await GetAsync($"/v1/users?properties=%7B%22a%22%3A%22{new string('x', 65_536)}%22%7D", HttpStatusCode.BadRequest);
    }
}
