using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

public abstract class EngagementTest : ServerTest
{
    protected const string Dashboard = "/api/v1/engagement-dashboard";

    /// <summary>Alice, an admin of Riverside.</summary>
    protected HttpClient Admin => LoginFor(SeededCommunity.Riverside, SeededCommunity.Alice);

    /// <summary>Bob, who is not an admin.</summary>
    protected HttpClient NoAdmin => LoginFor(SeededCommunity.Riverside, SeededCommunity.Bob);

    protected static async Task<JsonNode> GetAsync(HttpClient client, string address) => await SendAsync(client, HttpMethod.Get, address);

    protected static async Task<JsonNode> SendAsync(
        HttpClient client, HttpMethod method, string address, HttpContent? body = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = body };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(status), text);
        Assert.That(response.Content.Headers.GetValues("Content-Type"), Is.EqualTo(new[] { "application/json" }));
        return Json.Parse(text);
    }

    /// <summary>The raw body of an error.</summary>
    protected static async Task<string> ErrorOfAsync(HttpClient client, string address, HttpStatusCode status)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Content.Headers.GetValues("Content-Type"), Is.EqualTo(new[] { "application/json" }));
        return await response.Content.ReadAsStringAsync();
    }
}
