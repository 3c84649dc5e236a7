using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Notifications;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;
using ChatPlatform.Infrastructure.Notifications;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Notifications;

/// <summary>The follower with more data than a request creates.</summary>
internal sealed class NotificationFollowerTests : ImportTest
{
    private NotificationFollower Follower => Services.GetRequiredService<NotificationFollower>();

    [SetUp]
    public Task StartFollower() => Follower.RegisterAsync(default);

    [Test]
    public async Task Import_creates_no_notifications()
    {
        var job = await ImportAsync(JobType.MessageImport, [.. Enumerable.Range(0, 50).Select(i =>
            new { type = "TEXT", channel = "lobby", user = "bob", body = $"<@alice> {i}" })]);
        await FollowAsync();

        Assert.That(job.State, Is.EqualTo(JobState.Finished));
        Assert.That(await CountAsync("notifications"), Is.Zero);
    }

    [Test]
    public async Task Concurrent_followers_create_one_notification_per_message()
    {
        await RunAsync(Sent(1_000, Staff));

        await Wait.UntilAsync(
            async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Follower.FollowAsync(default)));
                return await CountAsync("notifications") == 1_000;
            },
            "a notification for each message");
        await FollowAsync();

        Assert.That(await CountAsync("notifications"), Is.EqualTo(1_000), "Bob's, for the messages of Alice");
    }

    [Test]
    public async Task Large_channel_notifies_only_mentioned_and_answered_users()
    {
        await RunAsync(
            """
            INSERT INTO users (application_id, id, type, name, display_name, is_guest, call_status, presence_status, properties,
              created_time)
            SELECT 1, 1000000 + i, 0, 'user-' || i, 'User', false, 0, 'UNAVAILABLE', '{}', '2026-01-01Z' FROM generate_series(1, 5000) i
            """,
            "INSERT INTO channel_members (application_id, channel_id, user_id, created_time, is_moderator) "
            + "SELECT 1, 1, id, '2026-01-01Z', false FROM users WHERE id > 1000000",
            Sent(1, Lobby),
            """
            UPDATE messages SET mentions = '{"items":[{"type":1,"tag":"<@bob>","start":0,"end":6,"targetId":2}]}' WHERE id > 1000000
            """);
        await FollowAsync();

        Assert.That(await CountAsync("notifications"), Is.EqualTo(1), "Bob's");
    }

    [Test]
    public async Task User_who_is_being_deleted_gets_no_notification()
    {
        await RunAsync(Sent(10, Staff));
        await using var deletion = await DeletedUser.StartAsync(DataSource, Bob.Id);

        var following = FollowAsync();
        await deletion.CommitBeforeWaitersAsync();
        await following;

        Assert.That(await CountAsync("notifications"), Is.Zero);
    }

    [Test]
    public async Task Notification_pages_use_the_index()
    {
        await RunAsync(
            Sent(20_000, Staff),
            "INSERT INTO notifications (application_id, user_id, type, message_id, muted, created_time) "
            + "SELECT 1, 1 + id % 4, 0, id, false, created_time FROM messages WHERE id > 1000000",
            "ANALYZE notifications");
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(Riverside.Id);

        var plans = await QueryPlans.OfAsync(scope.ServiceProvider.GetRequiredService<ChatDbContext>(), async () =>
        {
            var request = new ListNotifications(Bob.Id, new CursorRequest(new Cursor(new Position(Now, 1))));
            var page = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
            Assert.That(page.Value.Items, Has.Count.EqualTo(25));
        });

        Assert.That(
            plans.First(plan => plan.Contains("read_time", StringComparison.Ordinal)),
            Does.Contain("ix_notifications_application_id_user_id_created_time_id").And.Not.Contain("Seq Scan on notifications"));
    }

    /// <summary>Messages of Alice, each with its event.</summary>
    private static string Sent(int count, SeededChannel channel) =>
        $"""
        WITH sent AS (
          INSERT INTO messages (application_id, id, type, channel_id, thread_id, nested_level, user_id, body, properties, created_time,
            broadcast)
          SELECT 1, 1000000 + i, 0, {channel.Id}, {channel.MainThreadId}, 0, 1, 'x', '{"{}"}',
            timestamptz '2026-06-15 11:59Z' + i * interval '1 ms', true
          FROM generate_series(1, {count}) i
          RETURNING id
        ),
        members AS (UPDATE channel_members SET created_time = '2026-01-01Z')
        INSERT INTO events (application_id, type, channel_id, user_id, message_id) SELECT 1, 'message.sent', {channel.Id}, 1, id FROM sent
        """;

    private Task FollowAsync() => Wait.UntilAsync(
        async () =>
        {
            await Follower.FollowAsync(default);
            return await CountAsync("follower_lag WHERE name = 'notifications' AND waiting > 0") == 0;
        },
        "the follower to reach the end of the log");

    private async Task RunAsync(params string[] statements)
    {
        foreach (var sql in statements)
        {
            await using var command = DataSource.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
