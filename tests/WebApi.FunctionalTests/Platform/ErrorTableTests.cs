using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>
/// One request for each error of the use cases of this dialect. The approved table shows status and exact body; a declared error that is
/// not in the table fails the test. <see cref="Hosting.FailureTests"/> covers errors before use cases.
/// </summary>
public sealed class ErrorTableTests : PlatformTest
{
    private const string SystemFile =
        """{"type":"FILE","file":{"url":"https://files.example/a.png","name":"a.png","contentType":"image/png","size":3}}""";

    /// <summary>
    /// Errors of other dialects, of the token endpoint and of the disk (tested with the file store), and errors with a trace id.
    /// </summary>
    private static readonly string[] Others = ["chat.", "invitation.", "webhook.", "login.", "oauth.", "file.", "function.undecided"];

    /// <summary>Raised outside use cases; see <see cref="Errors_before_use_cases_have_the_same_format"/>.</summary>
    private static readonly string[] OutsideUseCases = ["request.unauthenticated", "request.forbidden", "application.not_found"];

    /// <summary>Also raised for input from which no request can be built.</summary>
    private static readonly string[] AlsoBeforeUseCases = ["request.invalid", "request.idempotency_key_reused"];

    private const string Function = """POST /v1/runtimes/nodejs/functions {"type":"user.attempted.send_message","name":"f"}""";
    private const string Deployed =
        "SQL UPDATE functions SET enabled = true, current_version_number = 1, fails_open = false; INSERT INTO function_versions "
        + "(application_id, function_id, number, script, created_time) SELECT 1, id, 1, 'handle', now() FROM functions";

    private const string TextMessage = """{"type":"TEXT","body":"x","user":{"id":1}}""";

    private readonly ConcurrentQueue<string> _codes = new();

    private static readonly Case[] Cases =
    [
        new("request.invalid", "POST /v1/users", """{"name":" ","displayName":"x"}"""),
        new("request.invalid", "GET /v1/users?sort=colour"),
        new("request.invalid", "GET /v1/users?properties=[]"),
        new("request.invalid", "GET /v1/channels?type=OPEN"),
        new("request.invalid", "GET /v1/messages?start=x"),
        new("request.invalid", "POST /v1/channels/1/messages", """{"type":"SYSTEM_TEXT","body":"x"}"""),
        new("request.invalid", "POST /v1/channels/1/members", "{}"),
        new("request.not_storable", "PATCH /v1/users/1", """{"displayName":"Raise"}""") { Given = ["SQL " + Raising("22003")] },
        new("request.properties_too_large", "PATCH /v1/users/1", $$$"""{"properties":{"b":"{{{new string('b', 40_000)}}}"}}""")
        {
            Given = ["PATCH /v1/users/1 " + $$$"""{"properties":{"a":"{{{new string('a', 40_000)}}}"}}"""],
        },
        new("request.changed", "PATCH /v1/users/1", """{"displayName":"x"}""") { Header = ("If-Match", "\"1.0\"") },
        new("request.conflict", "PATCH /v1/users/1", """{"displayName":"Raise"}""") { Given = ["SQL " + Raising("40001")] },
        new("request.idempotency_key_reused", "POST /v1/users", """{"name":"two","displayName":"x"}""")
        {
            Given = ["""POST /v1/users {"name":"one","displayName":"x"}"""],
            Header = ("Idempotency-Key", "k"),
        },
        new("user.not_found", "GET /v1/users/99"),
        new("user.secret_not_found", "GET /v1/users/1/secrets/token"),
        new("user.name_taken", "POST /v1/users", """{"name":"alice","displayName":"x"}"""),
        new("user.unknown", "POST /v1/channels/1/members", """{"username":"nobody"}"""),
        new("user.unknown", "POST /v1/channels", """{"type":"PUBLIC","members":[{"id":1},{"id":99}]}"""),
        new("channel.not_found", "GET /v1/channels/99"),
        new("channel.name_taken", "POST /v1/channels", """{"type":"PRIVATE","name":"lobby"}"""),
        new("channel.unknown", "POST /v1/user-sessions/{id}/chat-sessions", """{"channelId":99}""") { Given = [Connect("alice")] },
        new("channel.direct_empty", "POST /v1/channels", """{"type":"DIRECT"}"""),
        new("channel.direct_too_large", "POST /v1/channels", $$"""{"type":"DIRECT","members":[{{Guests(11)}}]}""")
        {
            Given = [.. Enumerable.Range(0, 11).Select(i => Connect($"g{i}"))],
        },
        new("channel.direct_closed", "POST /v1/channels/4/members", """{"username":"carol"}"""),
        new("channel.direct_nameless", "PATCH /v1/channels/4", """{"displayName":"x"}"""),
        new("channel.direct_unmoderated", "POST /v1/channels/4/moderators", """{"username":"bob"}"""),
        new("channel.moderator_not_a_member", "POST /v1/channels/2/moderators", """{"username":"carol"}"""),
        new("channel.moderator_not_found", "DELETE /v1/channels/2/moderators/2"),
        new("channel.not_blacklisted", "DELETE /v1/channels/2/blacklist/2"),
        new("channel.already_a_member", "POST /v1/channels/2/invites", """{"user":{"username":"bob"}}"""),
        new("channel.invite_not_found", "POST /v1/channels/2/invites/3/accept"),
        new("channel.users_may_not_create", "POST /v1/channels", """{"type":"PUBLIC","creator":{"id":1}}""")
        {
            Given = ["""PUT /v1/application/settings {"guestUsers":"ENABLED","userCreatedChannels":"DISABLED"}"""],
        },
        new("channel.reader_is_no_member", "POST /v1/channels/2/read", """{"username":"carol"}"""),
        new("channel.not_a_member", "POST /v1/channels/2/messages", """{"type":"TEXT","body":"x","user":{"username":"carol"}}"""),
        new("channel.member_not_found", "DELETE /v1/channels/2/members/3"),
        new("message.not_found", "GET /v1/messages/99"),
        new("message.file_has_no_text", "PATCH /v1/messages/{id}", """{"body":"x"}""")
        {
            Given = ["POST /v1/channels/1/messages " + SystemFile],
        },
        new("message.not_a_member", "POST /v1/messages/5/read", """{"username":"guest-1"}"""),
        new("message.reaction_not_found", "DELETE /v1/messages/5/reactions/heart?username=bob"),
        new("message.unknown_emoji", "PUT /v1/messages/5/reactions/no-such-emoji", """{"username":"bob"}"""),
        new("channel.muter_is_no_member", "POST /v1/channels/2/mute", """{"username":"carol"}"""),
        new("notification.not_found", "POST /v1/notifications/99/read"),
        new("thread.not_found", "GET /v1/threads/99"),
        new("session.user_session_not_found", "GET /v1/user-sessions/99"),
        new("session.chat_session_not_found", "GET /v1/chat-sessions/99"),
        new("session.ended", "POST /v1/user-sessions/{id}/heartbeat")
        {
            Given = [Connect("alice"), "DELETE /v1/user-sessions/{id}"],
        },
        new("session.chat_ended", "GET /v1/chat-sessions/{id}/events")
        {
            Given =
            [
                Connect("alice"), """POST /v1/user-sessions/{id}/chat-sessions {"channelId":1}""", "DELETE /v1/chat-sessions/{id}",
            ],
        },
        new("session.not_a_member", "POST /v1/user-sessions/{id}/chat-sessions", """{"channelId":2}""") { Given = [Connect("carol")] },
        new("session.guests_disabled", "POST /v1/user-sessions", """{"user":{"username":"newcomer"}}""")
        {
            Given = ["""PUT /v1/application/settings {"guestUsers":"DISABLED","userCreatedChannels":"ENABLED"}"""],
        },
        new("function.not_found", "GET /v1/functions/99"),
        new("function.version_not_found", "GET /v1/function-versions/99"),
        new("function.nothing_deployed", "GET /v1/functions/{id}/current-version") { Given = [Function] },
        new("function.invocation_not_found", "GET /v1/function-invocations/99"),
        new("function.dead_letter_not_found", "POST /v1/function-dead-letters/99/replay"),
        new("function.nothing_to_enable", "PATCH /v1/functions/{id}", """{"enabled":true}""") { Given = [Function] },
        new("function.not_blocking", "PATCH /v1/functions/{id}", """{"failOpen":true}""")
        {
            Given = ["""POST /v1/runtimes/nodejs/functions {"type":"user.sent.message","name":"f"}"""],
        },
        new("function.too_many", "POST /v1/runtimes/nodejs/functions", """{"type":"user.sent.message","name":"f"}""")
        {
            Given =
            [
                Function,
                "SQL INSERT INTO functions (application_id, type, name, enabled, fails_open, current_version_number, created_time) "
                    + "SELECT 1, 'user.sent.message', 'f', false, false, 0, now() FROM generate_series(1, 99)",
            ],
        },
        new("function.syntax", "PUT /v1/runtimes/nodejs/initialization-script", """{"script":"let a = ???"}"""),
        new("function.denied", "POST /v1/channels/1/messages", TextMessage) { Given = [Function, Deployed] },
        new("job.not_found", "GET /v1/jobs/99"),
        new("job.no_file", "GET /v1/jobs/{id}/file") { Given = ["POST /v1/analytics/users"] },
        new("job.ended", "POST /v1/jobs/{id}/cancel")
        {
            Given = ["POST /v1/analytics/users", "SQL update jobs set state = 2, ended_time = created_time"],
        },
    ];

    protected override void Configure(ServerFactory server)
    {
        var runtime = ScriptedRuntime.In(server);
        runtime.Run = (_, _) => Task.FromResult(ScriptedRuntime.Fails(FunctionErrorKind.Thrown, "Not here"));
        server.Replacements += services => services.AddScoped<IMediator>(provider => new ErrorRecorder(provider, _codes));
    }

    [Test]
    public async Task Errors_are_as_approved()
    {
        var table = new StringBuilder();
        foreach (var test in Cases)
        {
            await Database.ResetAsync();
            Caller.Dispose();
            CreateCaller();
            string? id = null;
            foreach (var step in test.Given)
            {
                id = await PrepareAsync(step, id, test.Header) ?? id;
            }

            _codes.Clear();
            var request = test.Request.Replace("{id}", id, StringComparison.Ordinal);
            using var response = await SendAsync(request, test.Body, test.Header);
            await RunAsync("drop trigger if exists raise on users");
            var body = await response.Content.ReadAsStringAsync();
            var seen = _codes.IsEmpty && AlsoBeforeUseCases.Contains(test.Code) ? [test.Code] : _codes.ToArray();
            Assert.That(seen, Is.EqualTo(new[] { test.Code }), $"{test.Request}: {body}");
            var shown = test.Body is { Length: > 200 } ? "(long)" : test.Body;
            table.Append($"{test.Code}: {test.Request} {shown}".TrimEnd())
                .Append(CultureInfo.InvariantCulture, $"\n    {(int)response.StatusCode} {body}\n");
        }

        Approved.MatchesText(table.ToString(), "Platform/errors");
    }

    [Test]
    public void Every_declared_error_is_in_the_table()
    {
        var declared = DeclaredErrors.In(typeof(Error).Assembly, typeof(ChatPlatform.Application.DependencyInjection).Assembly)
            .Select(error => error.Code)
            .Where(code => !Others.Any(other => code.StartsWith(other, StringComparison.Ordinal)))
            .Except(OutsideUseCases);

        Assert.That(declared.Except(Cases.Select(test => test.Code)), Is.Empty);
    }

    [Test]
    public async Task Errors_before_use_cases_have_the_same_format()
    {
        await using var limitedServer = new ServerFactory(Database, Clock) { Settings = { ["RateLimits:platform:Permits"] = "1" } };
        using var limited = limitedServer.ClientFor(Riverside);
        using var first = await limited.GetAsync(new Uri("/v1", UriKind.Relative));
        var requests = new (string Name, HttpClient Client, string Path)[]
        {
            ("no token", Anonymous(), "/v1/users/1"),
            ("missing scope", ClientFor(Riverside, "read:channel"), "/v1/users/1"),
            ("address of another application", Caller, "/v1/applications/2/users/1"),
            ("above the rate limit", limited, "/v1"),
        };

        var table = new StringBuilder();
        foreach (var (name, client, path) in requests)
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            var headers = response.Headers.Where(header => header.Key is "Retry-After" or "WWW-Authenticate")
                .Select(header => $" {header.Key}: {string.Join(',', header.Value)}");
            table.Append(CultureInfo.InvariantCulture, $"{name}: {(int)response.StatusCode}{string.Concat(headers)}")
                .Append(CultureInfo.InvariantCulture, $"\n    {await response.Content.ReadAsStringAsync()}\n");
        }

        Approved.MatchesText(table.ToString(), "Platform/refusals");
    }

    private static string Connect(string username) => $$$"""POST /v1/user-sessions {"user":{"username":"{{{username}}}"}}""";

    private static string Guests(int count) =>
        string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"username":"g{{i}}"}"""));

    /// <summary>An update that no request can cause: the database refuses it with this state.</summary>
    private static string Raising(string state) =>
        $"""
        create or replace function raise() returns trigger language plpgsql as $$ begin raise exception using errcode = '{state}'; end $$;
        create trigger raise before update on users for each row when (new.display_name = 'Raise') execute function raise()
        """;

    /// <returns>The id of the created resource.</returns>
    private async Task<string?> PrepareAsync(string step, string? id, (string Name, string Value)? header)
    {
        if (step.StartsWith("SQL ", StringComparison.Ordinal))
        {
            await RunAsync(step[4..]);
            return null;
        }

        var parts = step.Replace("{id}", id, StringComparison.Ordinal).Split(' ', 3);
        using var response = await SendAsync($"{parts[0]} {parts[1]}", parts.ElementAtOrDefault(2), header);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, $"{step}: {body}");
        return Json.Parse(body)["id"]?.ToString();
    }

    private async Task<HttpResponseMessage> SendAsync(string request, string? body, (string Name, string Value)? header)
    {
        var parts = request.Split(' ');
        using var message = new HttpRequestMessage(new HttpMethod(parts[0]), new Uri(parts[1], UriKind.Relative));
        message.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (header is { } given)
        {
            message.Headers.TryAddWithoutValidation(given.Name, given.Value);
        }

        return await Caller.SendAsync(message);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Case(string Code, string Request, string? Body = null)
    {
        /// <summary>Steps before: requests, where <c>{id}</c> is the id created last, or SQL.</summary>
        public string[] Given { get; init; } = [];

        public (string Name, string Value)? Header { get; init; }
    }

    /// <summary>Records the error codes that use cases return.</summary>
    private sealed class ErrorRecorder(IServiceProvider services, ConcurrentQueue<string> codes)
        : Mediator(services.GetRequiredService<ServiceFactory>()), IMediator
    {
        async Task<TResponse> IMediator.Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken)
        {
            var response = await Send(request, cancellationToken);
            if (typeof(TResponse).GetProperty(nameof(Result<int>.Error))?.GetValue(response) is Error error)
            {
                codes.Enqueue(error.Code);
            }

            return response;
        }
    }
}
