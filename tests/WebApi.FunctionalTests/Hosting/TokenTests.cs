using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

internal sealed class TokenTests : ServerTest
{
    private static readonly Uri Token = new("/oauth/token", UriKind.Relative);
    private static readonly SeededApplication Riverside = SeededCommunity.Riverside;

    private static readonly KeyValuePair<string, string> Grant = new("grant_type", "client_credentials");

    [Test]
    public async Task Basic_credentials_with_an_urlencoded_grant_get_a_valid_token()
    {
        using var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = Basic(Riverside.ClientId, Riverside.ClientSecret);

        var token = await ReadAsync(await client.PostAsync(Token, new FormUrlEncodedContent([Grant])), HttpStatusCode.OK);

        Assert.That((string)token["token_type"]!, Is.EqualTo("bearer"));
        Assert.That((int)token["expires_in"]!, Is.EqualTo(43199));
        Assert.That((string)token["scope"]!, Is.EqualTo("create:* read:* update:* delete:*"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
        Assert.That((await client.GetAsync(new Uri("/v1/application", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Multipart_and_body_credentials_get_a_token()
    {
        using var client = Anonymous();
        using var body = new FormUrlEncodedContent(
            [Grant, new("client_id", Riverside.ClientId), new("client_secret", Riverside.ClientSecret)]);
        await ReadAsync(await client.PostAsync(Token, body), HttpStatusCode.OK);

        client.DefaultRequestHeaders.Authorization = Basic(Riverside.ClientId, Riverside.ClientSecret);
        using var form = new MultipartFormDataContent { { new StringContent("client_credentials"), "grant_type" } };
        await ReadAsync(await client.PostAsync(Token, form), HttpStatusCode.OK);
    }

    [Test]
    public async Task A_token_has_only_the_requested_scopes()
    {
        using var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = Basic(Riverside.ClientId, Riverside.ClientSecret);
        using var requested = new FormUrlEncodedContent([Grant, new("scope", "read:user")]);

        var token = await ReadAsync(await client.PostAsync(Token, requested), HttpStatusCode.OK);

        Assert.That((string)token["scope"]!, Is.EqualTo("read:user"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
        Assert.That((await client.GetAsync(new Uri("/v1/users", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.GetAsync(new Uri("/v1/channels", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("riverside", "wrong")]
    [TestCase("nobody", "riverside-secret")]
    [TestCase("riverside", "hillside-secret")]
    [TestCase("river\0side", "riverside-secret")]
    public async Task All_wrong_credentials_get_the_same_error(string id, string secret)
    {
        using var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = Basic(id, secret);

        var error = await ReadAsync(await client.PostAsync(Token, new FormUrlEncodedContent([Grant])), HttpStatusCode.Unauthorized);

        Assert.That((string)error["error"]!, Is.EqualTo("invalid_client"));
    }

    [TestCase("", "invalid_request")]
    [TestCase("grant_type=password", "unsupported_grant_type")]
    [TestCase("grant_type=client_credentials&scope=rule:world", "invalid_scope")]
    public async Task An_invalid_grant_gets_the_matching_error_code(string body, string error)
    {
        using var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = Basic(Riverside.ClientId, Riverside.ClientSecret);
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");

        var response = await ReadAsync(await client.PostAsync(Token, content), HttpStatusCode.BadRequest);

        Assert.That((string)response["error"]!, Is.EqualTo(error));
    }

    [Test]
    public async Task An_expired_token_is_rejected()
    {
        using var client = ClientFor(Riverside);
        Clock.Now = SeededCommunity.Now.AddDays(1);

        using var response = await client.GetAsync(new Uri("/v1/application", UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.That(response.StatusCode, Is.EqualTo(expected), await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
