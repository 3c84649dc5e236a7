using System.Text;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>
/// A valid body for each route with ids in its path. <see cref="TenancyTests"/> fails for a new route that needs one other than <c>{}</c>
/// until it is added here.
/// </summary>
internal static class SampleBodies
{
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["POST /v1/channels/{id}/members"] = """{"username":"bob"}""",
        ["POST /v1/channels/{id}/moderators"] = """{"username":"bob"}""",
        ["POST /v1/channels/{id}/blacklist"] = """{"username":"bob"}""",
        ["POST /v1/channels/{id}/invites"] = """{"user":{"username":"guest-1"}}""",
        ["POST /v1/channels/{id}/messages"] = """{"type":"TEXT","body":"hello"}""",
        ["POST /v1/threads/{id}/messages"] = """{"type":"TEXT","body":"hello"}""",
        ["POST /v1/channels/{id}/events"] = """{"type":"wave","properties":{}}""",
        ["POST /v1/chat-sessions/{id}/events"] = """{"type":"wave","properties":{}}""",
        ["POST /v1/channels/{id}/keystrokes"] = """{"keys":"h","user":{"username":"bob"}}""",
        ["POST /v1/threads/{id}/keystrokes"] = """{"keys":"h","user":{"username":"bob"}}""",
        ["POST /v1/channels/{id}/threads"] = """{"name":"side"}""",
        ["POST /v1/channels/{id}/mute"] = """{"username":"bob"}""",
        ["POST /v1/channels/{id}/unmute"] = """{"username":"bob"}""",
        ["POST /v1/channels/{id}/read"] = """{"username":"bob"}""",
        ["POST /v1/messages/{id}/read"] = """{"username":"bob"}""",
        ["POST /v1/messages/{id}/reports"] = """{"user":{"username":"bob"}}""",
        ["PUT /v1/messages/{id}/reactions/{alias}"] = """{"username":"bob"}""",
        ["DELETE /v1/messages/{id}/reactions/{alias}"] = """{"username":"bob"}""",
        ["POST /v1/users/{id}/display-picture"] =
            """{"url":"https://example.com/a.png","name":"a.png","contentType":"image/png","size":3}""",
        ["PUT /v1/users/{id}/secrets/{name}"] = """{"secret":"s"}""",
        ["POST /v1/user-sessions/{id}/chat-sessions"] = """{"channelId":1}""",
        ["PUT /v1/runtimes/nodejs/dependencies"] = "[]",
        ["POST /v1/runtimes/nodejs/functions"] = """{"type":"user.sent.message","name":"f"}""",
        ["POST /v1/functions/{id}/versions"] = """{"handlerScript":"async function handleEvent() {}"}""",
        ["POST /api/v1/private/chats/{chatId}/participants"] = """{"user":{"username":"bob"}}""",
        ["PATCH /api/v1/private/chats/{chatId}"] = """{"title":"Other"}""",
        ["POST /api/v1/private/chats/{chatId}/messages"] = """{"text":"hello"}""",
    };

    public static string For(TableRoute route) => Bodies.GetValueOrDefault(route.CanonicalName, "{}");

    /// <summary>Null for routes without a body.</summary>
    public static HttpContent? Content(TableRoute route) => route switch
    {
        _ when route.Template.Contains("/imports/", StringComparison.Ordinal) =>
            new MultipartFormDataContent { { new StringContent("[]"), "file", "items.json" } },
        { Method: "POST" or "PUT" or "PATCH" } => Json(route),
        _ => For(route) == "{}" ? null : Json(route),
    };

    private static StringContent Json(TableRoute route) => new(For(route), Encoding.UTF8, "application/json");
}
