using System.Net;
using System.Text.RegularExpressions;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Sessions;
using ChatPlatform.Testing;
using ChatPlatform.WebApi.Hosting.Authentication;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>
/// Checks every route of the running server, so new routes are included: no token 401, no scope 403, and the id of another application
/// answers exactly like an unknown one.
/// </summary>
internal sealed partial class TenancyTests : ServerTest
{
    private const string UnknownId = "4000000000000000000";
    private static readonly SeededApplication Riverside = SeededCommunity.Riverside;

    private IReadOnlyList<TableRoute> Routes => field ??= TableRoute.ReadAll(Server.Services);

    [Test]
    public async Task Every_route_requires_a_token()
    {
        var wrong = new List<string>();
        using var anonymous = Anonymous();
        foreach (var route in Routes.Where(route => !route.IsAnonymous))
        {
            var (status, _) = await SendAsync(anonymous, route, route.PathWith(Own(route)));
            if (status is not HttpStatusCode.Unauthorized)
            {
                wrong.Add($"{route.Name}: {(int)status}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task Every_route_requires_its_scopes()
    {
        var wrong = new List<string>();
        using var weak = ClientFor(Riverside, "read:nothing");
        foreach (var route in Routes.Where(route => route.IsScoped && route.Scheme is not Schemes.Login))
        {
            var (status, _) = await SendAsync(weak, route, route.PathWith(Own(route)));
            if (status is not HttpStatusCode.Forbidden)
            {
                wrong.Add($"{route.Name}: {(int)status}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task An_id_of_another_application_answers_like_an_unknown_id()
    {
        var foreign = await CreateHillsideRowsAsync();
        var wrong = new List<string>();
        using var program = ClientFor(Riverside);
        foreach (var route in Routes.Where(route => !route.IsAnonymous && route.Scheme is not Schemes.Login))
        {
            for (var index = 0; index < route.Parameters.Count; index++)
            {
                if (!IsId(route.Parameters[index]))
                {
                    continue;
                }

                await Database.ResetAsync();
                foreign = await CreateHillsideRowsAsync();
                using var caller = ClientFor(Riverside);
                var foreignResponse = await SendAsync(caller, route, route.PathWith(Replaced(route, index, foreign[KindOf(route, index)])));
                var unknownResponse = await SendAsync(
                    caller, route, route.PathWith(Replaced(route, index, UnknownOf(KindOf(route, index)))));
                if (foreignResponse != unknownResponse || foreignResponse.Status is not HttpStatusCode.NotFound)
                {
                    wrong.Add($"{route.Name} [{route.Parameters[index]}]: foreign {(int)foreignResponse.Status} {foreignResponse.Body}, "
                        + $"unknown {(int)unknownResponse.Status} {unknownResponse.Body}");
                }
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    private static bool IsId(string parameter) => parameter is not ("alias" or "name" or "text" or "code");

    /// <summary>Values that name rows of Riverside.</summary>
    internal static List<string> Own(TableRoute route) =>
        [.. route.Parameters.Select((_, index) => KindOf(route, index) switch
        {
            "application" => "1",
            "user" => "2",
            "channel" => "1",
            "message" or "thread" => SeededCommunity.Greeting.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "chat" or "participant" => Guid.Empty.ToString(),
            _ => "1",
        })];

    private static List<string> Replaced(TableRoute route, int index, string value)
    {
        var values = Own(route);
        values[index] = value;
        return values;
    }

    /// <summary>The kind of a path id: from its own name, else from the segment before it.</summary>
    private static string KindOf(TableRoute route, int index)
    {
        var parameter = route.Parameters[index];
        var kind = parameter.TrimEnd('d', 'I', '_').TrimEnd('i').TrimEnd('_');
        if (kind.Length > 0)
        {
            return kind;
        }

        var before = route.Template[..route.Template.IndexOf($"/{{{parameter}}}", StringComparison.Ordinal)].Split('/')[^1];
        return before.TrimEnd('s');
    }

    private static string UnknownOf(string kind) => kind is "chat" or "participant" ? Guid.NewGuid().ToString() : UnknownId;

    private async Task<Dictionary<string, string>> CreateHillsideRowsAsync()
    {
        var hillside = SeededCommunity.Hillside.Id;
        await using var db = Database.ContextFor(hillside);
        var job = db.Jobs.Add(Job.Create(hillside, JobType.UserImport, Clock.Now)).Entity;
        var chat = Chat.Register(hillside, "internal", null, "Hill", null, null, Clock.Now);
        chat.Activate(await db.Channels.SingleAsync(), null, Clock.Now);
        var participant = chat.AddParticipant(null, await db.Users.SingleAsync(), null, Clock.Now).Value;
        db.Chats.Add(chat);
        var session = db.UserSessions.Add(UserSession.Start(await db.Users.SingleAsync(), null, Clock.Now)).Entity;
        var chatSession = db.ChatSessions.Add(ChatSession.Record(session, SeededCommunity.HillsideLobby.Id, Clock.Now)).Entity;
        await db.SaveChangesAsync();
        var notification = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO notifications (application_id, user_id, type, message_id, muted, created_time)
            VALUES ({hillside}, {SeededCommunity.HillsideAlice.Id}, 1, {SeededCommunity.HillsideGreeting}, false, {Clock.Now})
            RETURNING id
            """).ToListAsync();
        var function = ChatFunction.Create(ChatRuntime.Create(hillside), FunctionTypes.SentMessage, "Hill", null, Clock.Now);
        db.Functions.Add(function);
        await db.SaveChangesAsync();
        var version = db.FunctionVersions.Add(function.Deploy("async function handleEvent() {}", Clock.Now)).Entity;
        var invocation = db.FunctionInvocations.Add(
            ChatFunctionInvocation.Start(hillside, function.Id, 1, "{}", Clock.Now, TimeSpan.FromMinutes(1))).Entity;
        await db.SaveChangesAsync();
        var letter = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO function_deliveries (application_id, function_id, channel_id, state, attempts, created_time, not_before)
            VALUES ({hillside}, {function.Id}, {SeededCommunity.HillsideLobby.Id}, 2, 5, {Clock.Now}, {Clock.Now}) RETURNING id
            """).ToListAsync();
        return new Dictionary<string, string>
        {
            ["application"] = Text(hillside),
            ["user"] = Text(SeededCommunity.HillsideAlice.Id),
            ["channel"] = Text(SeededCommunity.HillsideLobby.Id),
            ["message"] = Text(SeededCommunity.HillsideGreeting),
            ["thread"] = Text(SeededCommunity.HillsideLobby.MainThreadId),
            ["job"] = Text(job.Id),
            ["notification"] = Text(notification[0]),
            ["user-session"] = Text(session.Id),
            ["chat-session"] = Text(chatSession.Id),
            ["function"] = Text(function.Id),
            ["function-version"] = Text(version.Id),
            ["function-invocation"] = Text(invocation.Id),
            ["function-dead-letter"] = Text(letter[0]),
            ["chat"] = chat.Id.ToString(),
            ["participant"] = participant.Id.ToString(),
        };
    }

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, TableRoute route, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(path, UriKind.Relative));
        request.Content = SampleBodies.Content(route);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, Changing().Replace(await response.Content.ReadAsStringAsync(), "\"$1\":…"));
    }

    /// <summary>Differs between any two responses.</summary>
    [GeneratedRegex("\"(timestamp|trace_id|traceId|instance)\":\"[^\"]*\"")]
    private static partial Regex Changing();
}
