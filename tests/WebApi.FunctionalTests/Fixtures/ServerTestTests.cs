using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Fixtures;

public sealed class ServerTestTests : ServerTest
{
    [Test]
    public async Task Server_is_ready_when_the_database_responds()
    {
        using var client = Anonymous();
        using var counter = CommandCounter.Start();

        using var response = await client.GetAsync("/health/ready");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(counter.Commands, Has.One.EqualTo("select 1"), "commands of the request are counted in the test's async flow");
    }

    [Test]
    public async Task Seeded_client_gets_a_token_for_its_secret()
    {
        using var client = Anonymous();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = SeededCommunity.Riverside.ClientId,
            ["client_secret"] = SeededCommunity.Riverside.ClientSecret,
        });

        using var response = await client.PostAsync("/oauth/token", form);

        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{body}");
        Assert.That((string?)body!["token_type"], Is.EqualTo("bearer").IgnoreCase);
    }
}
