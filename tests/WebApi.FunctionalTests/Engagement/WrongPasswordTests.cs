using System.Net;
using System.Net.Http.Json;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

/// <summary>With <c>Login:TellWrongPassword</c>, a failed login says whether the password was wrong.</summary>
public sealed class WrongPasswordTests : EngagementTest
{
    protected override void Configure(ServerFactory server) => server.Settings["Login:TellWrongPassword"] = "true";

    [TestCase("alice", "Incorrect password")]
    [TestCase("nobody", "Unauthorized")]
    public async Task Wrong_password_of_a_known_user_is_revealed(string user, string message)
    {
        using var content = JsonContent.Create(new { user, password = "wrong" });
        var response = await SendAsync(Anonymous(), HttpMethod.Post, "/api/v1/login", content, HttpStatusCode.Unauthorized);
        Assert.That(
            response.ToJsonString(), Is.EqualTo($$"""{"status":"error","error":"Unauthorized","message":"{{message}}"}"""));
    }
}
