using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Names and texts are kept as they are sent (docs/contracts/platform.md#values-and-bounds).</summary>
public sealed class UnicodeTests : PlatformTest
{
    [TestCase("a<b>c")]
    [TestCase("two\nlines")]
    [TestCase("\u202Eright to left")]
    [TestCase("zero\u200Bwidth")]
    public async Task Name_is_kept_as_sent(string name)
    {
        var created = await PostAsync("/v1/users", new JsonObject { ["name"] = name, ["displayName"] = name }.ToJsonString());
        var found = await GetAsync($"/v1/users?name={Uri.EscapeDataString(name)}");

        Assert.That((string)created["name"]!, Is.EqualTo(name));
        Assert.That(Ids(found, "users"), Is.EqualTo([(long)created["id"]!]));
    }

    [Test]
    public async Task Composed_and_decomposed_letters_are_two_names()
    {
        var composed = await PostAsync("/v1/users", """{"name":"caf\u00e9","displayName":"Composed"}""");
        var decomposed = await PostAsync("/v1/users", """{"name":"cafe\u0301","displayName":"Decomposed"}""");

        Assert.That((long)decomposed["id"]!, Is.Not.EqualTo((long)composed["id"]!));
    }

    [Test]
    public async Task Text_of_invisible_characters_is_a_text()
    {
        var message = new JsonObject
        {
            ["type"] = "TEXT",
            ["body"] = "\u200B\u2060",
            ["user"] = new JsonObject { ["id"] = Alice.Id },
        };
        Assert.That((string)(await PostAsync("/v1/channels/1/messages", message.ToJsonString()))["body"]!, Is.EqualTo("\u200B\u2060"));
    }

    [TestCase("/v1/channels/1")]
    [TestCase("/v1/messages/5")]
    public async Task Head_is_served_only_where_documented(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));
        using var response = await Caller.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }
}
