namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <param name="Path">Below <c>/v1</c>; <c>{id}</c> is the id created last.</param>
/// <param name="Shape">The shape of the response or of the items of a list; null for an empty response.</param>
internal sealed record Operation(string Path, string? Shape, string? Body = null, int Status = 200)
{
    /// <summary>Requests before, each <c>METHOD path body</c>, or SQL that returns an id.</summary>
    public string[] Given { get; init; } = [];
}

/// <summary>
/// A sample of each operation, by route. A new route is added here, with the shape of its response; otherwise the tests over all operations
/// fail and name it.
/// </summary>
internal static class Operations
{
    private const string Session = """POST /user-sessions {"user":{"username":"alice"},"userAgent":"agent"}""";
    private const string Entered = """POST /user-sessions/{id}/chat-sessions {"channelId":1}""";
    private const string Invite = """POST /channels/2/invites {"user":{"username":"carol"}}""";
    private const string Moderator = """POST /channels/2/moderators {"username":"bob"}""";
    private const string Import = "POST /imports/users";
    private const string Text =
        """{"type":"TEXT","body":"<@bob> <#staff> https://example.com/","groupTag":"g","user":{"id":1},"properties":{"A_b":1}}""";

    private const string Picture = """{"url":"https://example.com/a.png","name":"a.png","contentType":"image/png","size":3}""";
    private const string Secret = """PUT /users/1/secrets/k {"secret":"s"}""";
    private const string Notification =
        "SQL INSERT INTO notifications (application_id, user_id, type, message_id, muted, created_time) VALUES (1, 2, 4, 5, false, now()) "
        + "RETURNING id";

    private const string Function = """POST /runtimes/nodejs/functions {"type":"user.sent.message","name":"f"}""";
    private const string Deployed =
        "SQL UPDATE functions SET current_version_number = 1; INSERT INTO function_versions (application_id, function_id, number, script, "
        + "created_time) SELECT 1, id, 1, 'handle', now() FROM functions; SELECT id FROM functions";

    private const string FunctionVersion =
        "SQL INSERT INTO function_versions (application_id, function_id, number, script, created_time) "
        + "SELECT 1, id, 1, 'handle', now() FROM functions RETURNING id";

    private const string Invocation =
        "SQL INSERT INTO function_invocations (application_id, function_id, version_number, status, args, result, console, created_time) "
        + """SELECT 1, id, 1, 1, '{"A_b":1}', '{"A_b":1}', '[{"time":"2026-06-15T12:00:00Z","level":"log","text":"x"}]', now() """
        + "FROM functions RETURNING id";

    private const string DeadLetter =
        "SQL INSERT INTO function_deliveries (application_id, function_id, channel_id, args, state, attempts, failure, created_time, "
        + """not_before, ended_time) SELECT 1, id, 1, '{"A_b":1}', 2, 5, '{"kind":"THROWN","name":"Error","message":"x"}', now(), now(), """
        + "now() FROM functions RETURNING id";

    private const string Reaction = """PUT /messages/5/reactions/heart {"username":"bob"}""";

    /// <summary>Not JSON; tested separately.</summary>
    public static readonly string[] Elsewhere =
    [
        "GET /files/{code}", "HEAD /files/{code}", "GET /v1/picture/{text}", "HEAD /v1/picture/{text}", "GET /v1/jobs/{id}/file",
        "GET /v1/jobs/{id}/error-report", "GET /v1/applications/{applicationId}", "GET /v1/applications/me",
    ];

    public static readonly IReadOnlyDictionary<string, Operation> All = new Dictionary<string, Operation>
    {
        ["GET /v1"] = new("", "Root"),
        ["POST /v1/analytics/messages"] = new("/analytics/messages", "Job", "", 202),
        ["POST /v1/analytics/users"] = new("/analytics/users", "Job", "", 202),
        ["GET /v1/application"] = new("/application", "Application"),
        ["GET /v1/application/message-read-receipt-summaries"] = new("", "DirectSummary"),
        ["GET /v1/application/settings"] = new("/application/settings", "Settings"),
        ["PUT /v1/application/settings"] =
            new("/application/settings", "Settings", """{"guestUsers":"ENABLED","userCreatedChannels":"DISABLED"}"""),
        ["GET /v1/channels"] = new("", "Direct"),
        ["POST /v1/channels"] = new("/channels", "Group", """{"type":"PUBLIC","creator":{"id":1},"properties":{"A_b":1}}"""),
        ["DELETE /v1/channels/{id}"] = new("/channels/1", "Application"),
        ["GET /v1/channels/{id}"] = new("/channels/1", "Group"),
        ["PATCH /v1/channels/{id}"] = new("/channels/1", "Group", """{"displayName":"x"}"""),
        ["GET /v1/channels/{id}/blacklist"] = new("", "User"),
        ["POST /v1/channels/{id}/blacklist"] = new("/channels/1/blacklist", "User", """{"username":"bob"}"""),
        ["DELETE /v1/channels/{id}/blacklist/{user_id}"] = new("/channels/1/blacklist/3", "Group"),
        ["POST /v1/channels/{id}/events"] = new("/channels/1/events", "Event", """{"type":"wave","properties":{"A_b":1}}"""),
        ["GET /v1/channels/{id}/invites"] = new("", "Invite"),
        ["POST /v1/channels/{id}/invites"] = new("/channels/2/invites", "Invite", """{"user":{"username":"carol"}}"""),
        ["DELETE /v1/channels/{id}/invites/{user_id}"] = new("/channels/2/invites/3", "Group") { Given = [Invite] },
        ["POST /v1/channels/{id}/invites/{user_id}/accept"] = new("/channels/2/invites/3/accept", "Group", "") { Given = [Invite] },
        ["POST /v1/channels/{id}/invites/{user_id}/decline"] = new("/channels/2/invites/3/decline", "Group", "") { Given = [Invite] },
        ["POST /v1/channels/{id}/keystrokes"] = new("/channels/1/keystrokes", "Keystrokes", """{"keys":"h","user":{"username":"bob"}}"""),
        ["GET /v1/channels/{id}/members"] = new("", "User"),
        ["POST /v1/channels/{id}/members"] = new("/channels/2/members", "Group", """{"username":"carol"}"""),
        ["DELETE /v1/channels/{id}/members/{user_id}"] = new("/channels/2/members/2", "Group"),
        ["GET /v1/channels/{id}/memberships"] = new("", "Membership"),
        ["GET /v1/channels/{id}/messages"] = new("", "Message"),
        ["POST /v1/channels/{id}/messages"] = new("/channels/1/messages", "Message", Text),
        ["GET /v1/channels/{id}/moderators"] = new("", "User"),
        ["POST /v1/channels/{id}/moderators"] = new("/channels/2/moderators", "User", """{"username":"bob"}"""),
        ["DELETE /v1/channels/{id}/moderators/{user_id}"] = new("/channels/2/moderators/2", "Group") { Given = [Moderator] },
        ["GET /v1/channels/{id}/participants"] = new("", "User"),
        ["POST /v1/channels/{id}/read"] = new("/channels/1/read", "Group", """{"username":"bob"}"""),
        ["GET /v1/channels/{id}/reported-messages"] = new("", "Message"),
        ["GET /v1/channels/{id}/threads"] = new("", "Thread"),
        ["POST /v1/channels/{id}/threads"] = new("/channels/1/threads", "Thread", """{"name":"side","properties":{"A_b":1}}"""),
        ["GET /v1/chat-sessions"] = new("", "ChatSession"),
        ["DELETE /v1/chat-sessions/{id}"] = new("/chat-sessions/{id}", "ChatSession") { Given = [Session, Entered] },
        ["GET /v1/chat-sessions/{id}"] = new("/chat-sessions/{id}", "ChatSession") { Given = [Session, Entered] },
        ["GET /v1/chat-sessions/{id}/events"] = new("", "Event"),
        ["POST /v1/chat-sessions/{id}/events"] =
            new("/chat-sessions/{id}/events", "Event", """{"type":"wave","properties":{"A_b":1}}""") { Given = [Session, Entered] },
        ["GET /v1/chat-sessions/{id}/keystrokes"] = new("", "Keystrokes"),
        ["POST /v1/channels/{id}/mute"] = new("/channels/1/mute", "Group", """{"username":"bob"}"""),
        ["POST /v1/channels/{id}/unmute"] = new("/channels/1/unmute", "Group", """{"username":"bob"}"""),
        ["POST /v1/exports"] = new("/exports", "Job", "", 202),
        ["POST /v1/imports/channels"] = new("/imports/channels", "Job", null, 202),
        ["POST /v1/imports/channels/{id}/members"] = new("/imports/channels/1/members", "Job", null, 202),
        ["POST /v1/imports/members"] = new("/imports/members", "Job", null, 202),
        ["POST /v1/imports/messages"] = new("/imports/messages", "Job", null, 202),
        ["POST /v1/imports/users"] = new("/imports/users", "Job", null, 202),
        ["GET /v1/runtimes/nodejs"] = new("/runtimes/nodejs", "Runtime")
        {
            Given = ["""PUT /runtimes/nodejs/environment-variables {"A_b":"c"}"""],
        },
        ["PUT /v1/runtimes/nodejs/dependencies"] =
            new("/runtimes/nodejs/dependencies", "Runtime", """[{"name":"left-pad","version":"^1.3.0"}]"""),
        ["PUT /v1/runtimes/nodejs/environment-variables"] =
            new("/runtimes/nodejs/environment-variables", "Runtime", """{"A_b":"c"}"""),
        ["PUT /v1/runtimes/nodejs/initialization-script"] =
            new("/runtimes/nodejs/initialization-script", "Runtime", """{"script":"const a = 1;"}"""),
        ["GET /v1/runtimes/nodejs/functions"] = new("", "Function"),
        ["POST /v1/runtimes/nodejs/functions"] =
            new("/runtimes/nodejs/functions", "Function", """{"type":"user.attempted.send_message","name":"f","description":"d"}"""),
        ["GET /v1/functions/{id}"] = new("/functions/{id}", "Function") { Given = [Function] },
        ["PATCH /v1/functions/{id}"] = new("/functions/{id}", "Function", """{"name":"g"}""") { Given = [Function] },
        ["DELETE /v1/functions/{id}"] = new("/functions/{id}", "Application") { Given = [Function] },
        ["POST /v1/functions/{id}/test"] =
            new("/functions/{id}/test", "TestRun", """{"event":{"A_b":1}}""") { Given = [Function, Deployed] },
        ["GET /v1/functions/{id}/versions"] = new("", "FunctionVersion"),
        ["POST /v1/functions/{id}/versions"] =
            new("/functions/{id}/versions", "FunctionVersion", """{"handlerScript":"function handleEvent() {}"}""") { Given = [Function] },
        ["GET /v1/functions/{id}/current-version"] =
            new("/functions/{id}/current-version", "FunctionVersion") { Given = [Function, Deployed] },
        ["GET /v1/function-versions/{id}"] = new("/function-versions/{id}", "FunctionVersion") { Given = [Function, FunctionVersion] },
        ["GET /v1/functions/{id}/invocations"] = new("", "Invocation"),
        ["GET /v1/function-invocations/{id}"] = new("/function-invocations/{id}", "Invocation") { Given = [Function, Invocation] },
        ["GET /v1/function-invocations/{id}/console"] =
            new("/function-invocations/{id}/console", "Console") { Given = [Function, Invocation] },
        ["GET /v1/functions/{id}/dead-letters"] = new("", "DeadLetter"),
        ["POST /v1/functions/{id}/dead-letters/replay"] =
            new("/functions/{id}/dead-letters/replay", "Replayed", "") { Given = [Function] },
        ["POST /v1/function-dead-letters/{id}/replay"] =
            new("/function-dead-letters/{id}/replay", "DeadLetter", "") { Given = [Function, DeadLetter] },
        ["GET /v1/jobs"] = new("", "Job"),
        ["GET /v1/jobs/{id}"] = new("/jobs/{id}", "Job") { Given = [Import] },
        ["POST /v1/jobs/{id}/cancel"] = new("/jobs/{id}/cancel", "Job", "") { Given = [Import] },
        ["GET /v1/jobs/{id}/errors"] = new("", "JobError"),
        ["DELETE /v1/messages"] = new("/messages", "Application"),
        ["GET /v1/messages"] = new("", "Message"),
        ["DELETE /v1/messages/{id}"] = new("/messages/5", "Thread"),
        ["GET /v1/messages/{id}"] = new("/messages/{id}", "Message") { Given = ["POST /channels/1/messages " + Text] },
        ["PATCH /v1/messages/{id}"] = new("/messages/5", "Message", """{"body":"x"}"""),
        ["DELETE /v1/messages/{id}/reactions/{alias}"] = new("/messages/5/reactions/heart?username=bob", "Message") { Given = [Reaction] },
        ["PUT /v1/messages/{id}/reactions/{alias}"] = new("/messages/5/reactions/heart", "Message", """{"username":"bob"}"""),
        ["POST /v1/messages/{id}/read"] = new("/messages/5/read", "Receipt", """{"username":"bob"}"""),
        ["GET /v1/messages/{id}/read-receipts"] = new("", "Receipt"),
        ["POST /v1/messages/{id}/reports"] = new("/messages/5/reports", "Message", """{"user":{"username":"bob"}}"""),
        ["GET /v1/messages/{id}/versions"] = new("", "Version"),
        ["POST /v1/notifications/{id}/read"] = new("/notifications/{id}/read", "Notification", "") { Given = [Notification] },
        ["GET /v1/users/{id}/notifications"] = new("", "Notification"),
        ["GET /v1/threads/{id}"] = new("/threads/5", "Thread"),
        ["POST /v1/threads/{id}/keystrokes"] = new("/threads/5/keystrokes", "Keystrokes", """{"keys":"h","user":{"username":"bob"}}"""),
        ["GET /v1/threads/{id}/messages"] = new("", "Message"),
        ["POST /v1/threads/{id}/messages"] = new("/threads/5/messages", "Message", """{"type":"TEXT","body":"from the system"}"""),
        ["GET /v1/user-sessions"] = new("", "UserSession"),
        ["POST /v1/user-sessions"] = new("/user-sessions", "UserSession", """{"user":{"username":"alice"},"userAgent":"agent"}"""),
        ["DELETE /v1/user-sessions/{id}"] = new("/user-sessions/{id}", "UserSession") { Given = [Session] },
        ["GET /v1/user-sessions/{id}"] = new("/user-sessions/{id}", "UserSession") { Given = [Session] },
        ["POST /v1/user-sessions/{id}/chat-sessions"] =
            new("/user-sessions/{id}/chat-sessions", "ChatSession", """{"channelId":1}""") { Given = [Session] },
        ["POST /v1/user-sessions/{id}/heartbeat"] = new("/user-sessions/{id}/heartbeat", "UserSession", "") { Given = [Session] },
        ["GET /v1/users"] = new("", "User"),
        ["HEAD /v1/users"] = new("/users?name=alice", null),
        ["POST /v1/users"] = new("/users", "User", """{"name":"eve","displayName":"Eve","isGuest":true,"properties":{"A_b":1}}"""),
        ["DELETE /v1/users/{id}"] = new("/users/2", "Application"),
        ["GET /v1/users/{id}"] = new("/users/1", "User"),
        ["PATCH /v1/users/{id}"] = new("/users/1", "User", """{"displayName":"x"}"""),
        ["GET /v1/users/{id}/channels"] = new("", "Direct"),
        ["POST /v1/users/{id}/display-picture"] = new("/users/1/display-picture", "User", Picture),
        ["GET /v1/users/{id}/messages"] = new("", "Message"),
        ["GET /v1/users/{id}/messages/unread/count"] = new("/users/1/messages/unread/count", "Count"),
        ["DELETE /v1/users/{id}/secrets/{name}"] = new("/users/1/secrets/k", "User") { Given = [Secret] },
        ["GET /v1/users/{id}/secrets/{name}"] = new("/users/1/secrets/k", "Secret") { Given = [Secret] },
        ["PUT /v1/users/{id}/secrets/{name}"] = new("/users/1/secrets/k", "User", """{"secret":{"A_b":1}}"""),
    };
}
