using System.Globalization;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Sessions;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Lists;

/// <summary>
/// A page of each large list reads few rows of a large store: the rows that all steps of its plans read are added up. Searches have tests
/// of their own. <c>CHATPLATFORM_PLAN_MESSAGES</c> sets the number of messages, 30,000 by default.
/// </summary>
internal sealed class ListPlanTests : DatabaseTest
{
    /// <summary>The first generated id; the others follow it.</summary>
    private const long First = 1_000_001;

    private static readonly int Messages = int.Parse(
        Environment.GetEnvironmentVariable("CHATPLATFORM_PLAN_MESSAGES") ?? "30000", CultureInfo.InvariantCulture);

    private static readonly int Users = Messages / 10;
    private static readonly int Channels = Messages / 100;
    private static readonly int OpenSessions = Messages / 400;

    /// <summary>Rows that a page of 25 may read: its items, their details, counted replies and open sessions.</summary>
    private static readonly int MaxRowsPerPage = 2_000 + OpenSessions;

    /// <summary>In the middle of the history, in the busy channel.</summary>
    private static readonly Position Middle = new(new DateTime(2026, 3, 15, 0, 0, 0, DateTimeKind.Utc), 1);
    private static readonly CursorRequest Deep = new(new Cursor(Middle));

    /// <summary>From the middle towards newer items: a hundred messages arrived meanwhile, most of them above.</summary>
    private static readonly CursorRequest Newer =
        new(new Cursor(Middle, new Seen(SnapshotBefore(Messages - 100))), CursorDirection.Newer);

    /// <summary>From the end of the history; nothing is newer.</summary>
    private static readonly CursorRequest UpToDate = new(new Cursor(new Position(SeededCommunity.Now, 1), new Seen(SnapshotBefore(Messages))));

    /// <summary>
    /// Half a year up to the seeded day. The lobby holds a fifth of the messages, Alice sent a twentieth, one message has many replies.
    /// Half of the users are in the lobby and read it once a month; the first generated user is in fifty channels and read none of them.
    /// </summary>
    private static readonly string Generated =
        $"""
        SET session_replication_role = replica;
        INSERT INTO arrival_offset (value) VALUES (1000000000);
        UPDATE messages SET arrival = '1000000000';
        UPDATE channel_members SET joined_snapshot = '1000000000:1000000000:';
        INSERT INTO users (application_id, id, type, name, display_name, is_guest, call_status, presence_status, properties, created_time)
        SELECT 1, {First} + i, 0, 'user-' || i, 'User ' || i, false, 0, 'UNAVAILABLE', jsonb_build_object('number', i), '2026-01-01Z'
        FROM generate_series(0, {Users - 1}) i;
        INSERT INTO channels (application_id, id, type, name, display_name, creator_id, properties, active, created_time, updated_time)
        SELECT 1, {First} + i, 0, 'channel-' || i, 'Channel ' || i, {First} + i, jsonb_build_object('number', i), true,
          timestamptz '2026-01-01Z' + i * interval '1 second', '2026-01-01Z'
        FROM generate_series(0, {Channels - 1}) i;
        INSERT INTO threads (application_id, id, channel_id, type, properties, created_time)
        SELECT 1, {First} + i, {First} + i, 0, jsonb_build_object(), '2026-01-01Z' FROM generate_series(0, {Channels - 1}) i;
        INSERT INTO channel_members (application_id, channel_id, user_id, created_time, is_moderator, joined_snapshot, read_snapshot)
        SELECT 1, 1, {First} + i, '2026-01-01Z', false, '1000:1000:', '{SnapshotBefore(Messages / 165 * 151)}' FROM generate_series(1, {Users / 2}) i
        UNION ALL
        SELECT DISTINCT 1, {First} + i % {Channels}, {First} + i, timestamptz '2026-01-01Z', false, '1000:1000:', '{SnapshotBefore(Messages / 165 * 164)}'
        FROM generate_series(1, {Users - 1}) i
        UNION ALL
        SELECT 1, {First} + i, {First}, '2026-01-01Z', false, '1000:1000:', NULL FROM generate_series(0, 49) i;
        INSERT INTO channel_blacklist (application_id, channel_id, user_id, created_time)
        SELECT 1, 1, {First} + i, '2026-01-01Z' FROM generate_series(1, {Users / 10}) i;
        INSERT INTO channel_invites (application_id, channel_id, user_id, created_time)
        SELECT 1, 2, {First} + i, '2026-01-01Z' FROM generate_series(1, {Users / 10}) i;
        INSERT INTO read_marks (application_id, channel_id, user_id, from_snapshot, up_to_snapshot, created_time)
        SELECT 1, 1, {First} + i, concat(s, ':', s, ':'), concat(e, ':', e, ':'), timestamptz '2026-02-01Z' + m * interval '1 month'
        FROM generate_series(1, {Users / 2}) i, generate_series(0, 4) m,
          LATERAL (SELECT 1000 + {Messages} * 2 / 11 * m AS s, 1000 + {Messages} * 2 / 11 * (m + 1) AS e) x;
        INSERT INTO user_sessions (application_id, id, user_id, created_time, seen_time, end_time)
        SELECT 1, {First} + i, {First} + i % {Users}, t, t, CASE WHEN i % 100 > 0 THEN t + interval '20 minutes' END
        FROM generate_series(0, {Messages / 4}) i, LATERAL (SELECT timestamptz '2026-01-01Z' + i * interval '30 seconds' AS t) x;
        INSERT INTO chat_sessions (application_id, id, user_session_id, channel_id, user_id, created_time, end_time)
        SELECT 1, id, id, 1, user_id, created_time, end_time FROM user_sessions WHERE id >= {First};
        INSERT INTO messages (application_id, id, type, channel_id, thread_id, parent_id, nested_level, user_id, created_time, broadcast,
          properties, body, arrival)
        SELECT 1, {2 * First} + i, 0, c, c, CASE WHEN i % 1000 = 5 THEN 5 END, (i % 1000 = 5)::int,
          CASE WHEN i % 20 = 7 THEN 1 ELSE {First} + i * 7919 % {Users} END,
          timestamptz '2026-01-01Z' + i * (interval '165 days' / {Messages}), i % 100 > 0, jsonb_build_object(), 'words', ((1000 + i)::text)::xid8
        FROM generate_series(0::bigint, {Messages - 1}) i,
          LATERAL (SELECT CASE WHEN i % 5 = 0 THEN 1 ELSE {First} + i * 104729 % {Channels} END AS c) x;
        INSERT INTO read_receipts (application_id, message_id, user_id, created_time)
        SELECT 1, {2 * First} + i, {First} + i * 31 % {Users}, '2026-06-14Z' FROM generate_series(0::bigint, {Messages - 1}, 2) i;
        INSERT INTO message_reactions (application_id, message_id, alias, user_id, created_time)
        SELECT 1, {2 * First} + i, 'heart', {First} + i * 31 % {Users}, '2026-06-14Z' FROM generate_series(0::bigint, {Messages - 1}, 10) i;
        INSERT INTO message_reports (application_id, message_id, user_id, created_time)
        SELECT 1, {2 * First} + i, {First} + i % {Users}, '2026-06-14Z' FROM generate_series(0::bigint, {Messages - 1}, 1000) i;
        SET session_replication_role = origin;
        """;

    [Test]
    public async Task Page_reads_about_as_many_rows_as_it_shows()
    {
        await FillAsync();
        var violations = new List<string>();
        foreach (var (name, send, rows) in Requests())
        {
            await using var scope = Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(Riverside.Id);
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            var plans = await QueryPlans.MeasureAsync(scope.ServiceProvider.GetRequiredService<ChatDbContext>(), async () =>
                Assert.That(await send(mediator), Is.GreaterThan(0), $"{name}: an empty page proves nothing"));

            // A total requires reading all rows.
            foreach (var plan in plans.Where(plan => !Query(plan).StartsWith("SELECT count(*)", StringComparison.Ordinal)))
            {
                var read = RowsRead(plan["Plan"]!);
                if (read > rows)
                {
                    violations.Add($"{name} reads {read} rows:\n{Query(plan)}\n{Outline(plan["Plan"]!)}");
                }
            }
        }

        Assert.That(violations, Is.Empty, string.Join("\n\n", violations));
    }

    private static IEnumerable<(string Name, Func<IMediator, Task<int>> Send, int Rows)> Requests()
    {
        var page = new PageRequest();
        var newest = new CursorRequest();
        var all = MessageFilter.None;
        yield return Cursor(new ListMessages(newest, all));
        yield return Cursor(new ListMessages(Deep, all));
        yield return Cursor(new ListMessages(Newer, all));
        yield return Cursor(new ListMessages(UpToDate, all));
        yield return Cursor(new ListMessages(newest, new MessageFilter("alice")));
        yield return Cursor(new ListChannelMessages(Lobby.Id, newest, all));
        yield return Cursor(new ListChannelMessages(Lobby.Id, Deep, all));
        yield return Cursor(new ListChannelMessages(Lobby.Id, Newer, all));
        yield return Cursor(new ListChannelMessages(Lobby.Id, UpToDate, all));
        yield return Cursor(new ListChannelMessages(First + 101, newest, all));
        yield return Cursor(new ListChannelMessages(First + 101, UpToDate, all));
        yield return Cursor(new ListThreadMessages(Lobby.MainThreadId, newest, all));
        yield return Cursor(new ListThreadMessages(Lobby.MainThreadId, Newer, all));
        yield return Cursor(new ListThreadMessages(Greeting, newest, all));
        yield return Cursor(new ListThreadMessages(Greeting, UpToDate, all));
        yield return Cursor(new ListUserMessages(Alice.Id, newest, all));
        yield return Cursor(new ListUserMessages(Alice.Id, Deep, all));
        yield return Cursor(new ListUserMessages(Alice.Id, Newer, all));
        yield return Cursor(new ListUserMessages(Alice.Id, UpToDate, all));

        // Unread messages are collected from all channels of the user before they are sorted.
        yield return Cursor(new ListUserMessages(First, newest, all, Unread: true), 50 * 100 * 3);

        // Counts the unread messages of 25 members: a fiftieth of all messages each.
        yield return Page(new ListUnreadCounts(page), Messages / 2);

        // The readers of a message are collected as well; their receipts of other messages do not matter.
        yield return Page(new ListReadReceipts(MessageOf(Messages * 4 / 5), page), (Users / 2) + MaxRowsPerPage);
        yield return Page(new ListReadReceipts(SystemMessage, page), mayBeEmpty: true);
        yield return Page(new ListReportedMessages(Lobby.Id, page), (Messages / 1000 * 3) + MaxRowsPerPage);
        yield return Page(new ListMembers(Lobby.Id, page));
        yield return Page(new ListMemberships(Lobby.Id, page));
        yield return Page(new ListModerators(Lobby.Id, page), mayBeEmpty: true);
        yield return Page(new ListBlacklist(Lobby.Id, page), (Users / 10 * 2) + MaxRowsPerPage);
        yield return Page(new ListInvites(Staff.Id, page), (Users / 10) + MaxRowsPerPage);
        yield return Page(new ListParticipants(Lobby.Id, page), (Users / 2) + (OpenSessions * 3) + MaxRowsPerPage);
        yield return Page(new ListUsers(page));
        yield return Page(new ListUsers(page, "user-17"));
        yield return Page(new ListUsers(page, Properties: """{"number":17}"""));
        yield return Page(new ListChannels(page));
        yield return Page(new ListChannels(page, ChannelType.Public));
        yield return Page(new ListChannels(page, Members: ["user-17"]));
        yield return Page(new ListChannels(page, Properties: """{"number":17}"""));
        yield return Page(new ListUserChannels(First, page));
        yield return Page(new ListUserSessions(page));
        yield return Page(new ListUserSessions(page, Open: true), (OpenSessions * 2) + MaxRowsPerPage);
        yield return Page(new ListUserSessions(page, Open: false));
        yield return Page(new ListChatSessions(page));
        yield return Page(new ListChatSessions(page, Open: true), (OpenSessions * 2) + MaxRowsPerPage);
    }

    private static (string Name, Func<IMediator, Task<int>> Send, int Rows) Cursor(
        IRequest<Result<CursorPage<MessageView>>> request, int? rows = null) =>
        ($"{request}", async mediator => (await mediator.Send(request)).Value.Items.Count, rows ?? MaxRowsPerPage);

    private static (string Name, Func<IMediator, Task<int>> Send, int Rows) Page<T>(
        IRequest<Result<Page<T>>> request, int? rows = null, bool mayBeEmpty = false) =>
        ($"{request}", async mediator => (await mediator.Send(request)).Value.Items.Count + (mayBeEmpty ? 1 : 0), rows ?? MaxRowsPerPage);

    /// <summary>The snapshot that shows exactly so many of the generated messages.</summary>
    private static string SnapshotBefore(int messages) => string.Create(CultureInfo.InvariantCulture, $"{1000 + messages}:{1000 + messages}:");

    private static long MessageOf(int number) => (2 * First) + (number / 5 * 5);

    private static string Query(JsonNode plan) => (string)plan["Query Text"]!;

    /// <summary>Rows that the leaves of a plan returned or removed, over all loops.</summary>
    private static double RowsRead(JsonNode step)
    {
        var children = step["Plans"]?.AsArray() ?? [];
        return children.Count > 0
            ? children.Sum(child => RowsRead(child!))
            : ((double)step["Actual Rows"]! + Removed("Filter") + Removed("Index Recheck")) * (double)step["Actual Loops"]!;

        double Removed(string by) => (double?)step[$"Rows Removed by {by}"] ?? 0;
    }

    private static string Outline(JsonNode step, int depth = 0) =>
        $"{new string(' ', depth * 2)}{step["Node Type"]} {step["Index Name"] ?? step["Relation Name"]} "
        + $"{step["Actual Rows"]} x {step["Actual Loops"]}, removed {step["Rows Removed by Filter"]}\n"
        + string.Concat((step["Plans"]?.AsArray() ?? []).Select(child => Outline(child!, depth + 1)));

    /// <summary>Creates the indexes of messages after the load, except for the search index, which these lists do not use.</summary>
    private async Task FillAsync()
    {
        var indexes = await NamesAsync(
            "SELECT indexname || ';' || indexdef FROM pg_indexes "
            + "WHERE schemaname = 'public' AND tablename = 'messages' AND indexname LIKE 'ix%'");
        await RunAsync($"DROP INDEX {string.Join(", ", indexes.Select(index => index.Split(';')[0]))}");
        await RunAsync(Generated);
        foreach (var index in indexes.Where(index => !index.StartsWith("ix_messages_search", StringComparison.Ordinal)))
        {
            await RunAsync(index.Split(';')[1]);
        }

        await RunAsync("VACUUM ANALYZE");
    }

    private async Task<List<string>> NamesAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private async Task RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
