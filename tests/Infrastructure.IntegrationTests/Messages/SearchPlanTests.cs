using System.Globalization;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Messages;

/// <summary>
/// Searches in a large store use the index. <c>CHATPLATFORM_PLAN_MESSAGES</c> sets the number of messages, 30,000 by default; a million
/// takes some minutes to generate.
/// </summary>
internal sealed class SearchPlanTests : DatabaseTest
{
    private const string Index = "Bitmap Index Scan on ix_messages_search";

    private const string Needles = "Needle Иголка 我家在上海东边。 v2.10.3 🎉 no!!! สวัสดีชาวโลก cafe\u0301";

    private static readonly string[] Rare =
        ["上海", "东边", "v2.10", "2.10.3", "🎉", "!!!", "สวัสดี", "caf\u00e9", "eedl ИГОЛ", "meeting eedl", "needle -hay", "eedl or 上海"];

    private static readonly int Messages = int.Parse(
        Environment.GetEnvironmentVariable("CHATPLATFORM_PLAN_MESSAGES") ?? "30000", CultureInfo.InvariantCulture);

    /// <summary>Every second message has "meeting", every thousandth a unique number, one message the needles.</summary>
    private static readonly string Generated =
        $"""
        INSERT INTO messages
          (application_id, id, type, channel_id, thread_id, nested_level, user_id, created_time, broadcast, properties, body)
        SELECT {Riverside.Id}, 1000000 + i, 0, {Lobby.Id}, {Lobby.MainThreadId}, 0, {Alice.Id},
          timestamptz '2026-01-01Z' + i * interval '1 second', true, jsonb_build_object(),
          concat_ws(' ', 'w' || i % 997, 'v' || i * 7919 % 10007, CASE WHEN i % 2 = 0 THEN 'meeting' END,
            CASE WHEN i % 1000 = 0 THEN 'number' || i END, CASE WHEN i = {Messages / 2} THEN '{Needles}' END)
        FROM generate_series(1::bigint, {Messages}) i
        """;

    [Test]
    public async Task Rare_words_use_the_search_index_and_common_words_the_time_index()
    {
        await RunAsync(Generated, "VACUUM ANALYZE messages");
        await using var scope = ScopeFor(Riverside);
        foreach (var filter in Rare.Select(search => new MessageFilter(Search: search)))
        {
            var all = await PlanAsync(scope, new ListMessages(new CursorRequest(), filter), 1);
            var inChannel = await PlanAsync(scope, new ListChannelMessages(Lobby.Id, new CursorRequest(), filter), 1);

            Assert.That(all, Does.Contain(Index).And.Not.Contain("Seq Scan on messages"), filter.Search);
            Assert.That(inChannel, Does.Contain(Index).And.Not.Contain("Seq Scan on messages"), filter.Search);
        }

        foreach (var (request, found) in new (IRequest<Result<CursorPage<MessageView>>>, int)[]
        {
            (new ListMessages(new CursorRequest(), new MessageFilter(Search: "needle")), 1),
            (new ListMessages(new CursorRequest(), new MessageFilter(Search: "eedl")), 1),
            (new ListMessages(new CursorRequest(), new MessageFilter(Search: "ИГОЛ")), 1),
            (new ListMessages(new CursorRequest(), new MessageFilter(Search: "no such thing")), 0),
            (new ListMessages(new CursorRequest(), new MessageFilter(Search: "xy")), 0),
            (new ListChannelMessages(Lobby.Id, new CursorRequest(), new MessageFilter(Search: "needle")), 1),
            (new ListThreadMessages(Lobby.MainThreadId, new CursorRequest(), new MessageFilter(Search: "needle")), 1),
            (new ListUserMessages(Alice.Id, new CursorRequest(), new MessageFilter(Search: "needle")), 1),
            (new ListMessages(new CursorRequest(), new MessageFilter("alice", "needle")), 1),
            (new ListMessages(new CursorRequest(new Cursor(new Position(Now, 1))), new MessageFilter(Search: "needle")), 1),
        })
        {
            var plan = await PlanAsync(scope, request, found);

            Assert.That(plan, Does.Contain(Index).And.Not.Contain("Seq Scan on messages"), $"{request}");
        }

        var common = await PlanAsync(scope, new ListMessages(new CursorRequest(), new MessageFilter(Search: "meeting")), 25);
        Assert.That(common, Does.Contain("ix_messages_application_id_created_time_id").And.Not.Contain("Seq Scan on messages"));
    }

    [Test]
    public async Task Searches_are_never_prepared()
    {
        await using var scope = ScopeFor(Riverside);
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        await db.Database.OpenConnectionAsync();

        // Often enough to prepare the first statement, and the second if it could be.
        for (var i = 0; i < 10; i++)
        {
            await CountAsync(scope, new ListMessages(new CursorRequest(), MessageFilter.None));
            await CountAsync(scope, new ListMessages(new CursorRequest(), new MessageFilter(Search: "needle")));
        }

        var prepared = await db.Database.SqlQueryRaw<string>("SELECT statement FROM pg_prepared_statements").ToListAsync();
        Assert.That(prepared.Where(statement => statement.Contains("FROM messages", StringComparison.Ordinal)), Is.Not.Empty);
        Assert.That(prepared.Where(statement => statement.Contains("search_words", StringComparison.Ordinal)), Is.Empty);
    }

    private static async Task<string> PlanAsync(AsyncServiceScope scope, IRequest<Result<CursorPage<MessageView>>> request, int found)
    {
        var plans = await QueryPlans.OfAsync(scope.ServiceProvider.GetRequiredService<ChatDbContext>(), async () =>
            Assert.That(await CountAsync(scope, request), Is.EqualTo(found), $"{request}"));
        return plans.Single(plan =>
            plan.Contains("search_words(", StringComparison.Ordinal) && plan.Contains("nested_level", StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(AsyncServiceScope scope, IRequest<Result<CursorPage<MessageView>>> request) =>
        (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request)).Value.Items.Count;

    private AsyncServiceScope ScopeFor(SeededApplication application)
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(application.Id);
        return scope;
    }

    private async Task RunAsync(params string[] statements)
    {
        foreach (var sql in statements)
        {
            await using var command = DataSource.CreateCommand(sql);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync();
        }
    }
}
