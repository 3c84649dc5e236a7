using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Infrastructure.Demo;
using ChatPlatform.Testing;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Demo;

public sealed class DemoCommunityTests : DatabaseTest
{
    [Test]
    public async Task Community_is_large_and_has_all_kinds_of_data()
    {
        var summary = await SeedAsync();

        await using var db = ContextFor(SeededCommunity.Hillside);
        Assert.That(summary, Is.Not.Null);
        Assert.That(summary!.Users, Is.GreaterThan(200));
        Assert.That(summary.Messages, Is.InRange(15_000, 60_000));
        Assert.That(await db.Users.CountAsync(user => user.IsGuest), Is.GreaterThan(20));
        Assert.That(await db.Channels.Select(channel => channel.Type).Distinct().ToListAsync(),
            Is.EquivalentTo(Enum.GetValues<ChannelType>()));
        Assert.That(await db.Messages.CountAsync(message => message.ParentId != null), Is.GreaterThan(1_000));
        Assert.That(await db.Messages.CountAsync(message => !message.Broadcast && message.UserId != null), Is.Positive);
        Assert.That(await db.UserSessions.CountAsync(session => session.EndTime == null), Is.Positive, "some user is online");
        Assert.That(await db.ChatSessions.CountAsync(), Is.GreaterThan(1_000));
    }

    [Test]
    public async Task Chats_show_the_members_of_their_channels()
    {
        await SeedAsync();

        await using var db = ContextFor(SeededCommunity.Hillside);
        var chats = await db.Chats.Include(chat => chat.Titles).Include(chat => chat.Participants).ThenInclude(p => p.Participations)
            .ToListAsync();
        Assert.That(chats.Select(chat => chat.State).Distinct(), Is.EquivalentTo([ChatState.Active, ChatState.Closed]));
        Assert.That(chats.Select(chat => chat.Titles.Count).Distinct(), Is.EquivalentTo([1, 2]));
        foreach (var chat in chats)
        {
            var members = await db.ChannelMembers.Where(member => member.ChannelId == chat.ChannelId).Select(member => member.UserId)
                .ToListAsync();
            Assert.That(chat.Participants.Where(p => p.IsActive).Select(p => p.UserId), Is.EquivalentTo(members), chat.Title);
            Assert.That(await db.Messages.CountAsync(message => message.ChannelId == chat.ChannelId), Is.GreaterThan(10), chat.Title);
        }
    }

    [Test]
    public async Task Event_log_counts_match_the_messages()
    {
        await SeedAsync();

        const string sql =
            """
            WITH counted AS (
              SELECT channel_id, user_id, sent_at, sum(received)::bigint AS received, sum(broadcast)::bigint AS broadcast
              FROM events WHERE application_id = 2 AND type = 'messages.imported' GROUP BY 1, 2, 3),
            recounted AS (
              SELECT channel_id, user_id, to_timestamp(floor(extract(epoch FROM created_time) / 900) * 900) AS sent_at,
                     count(*) AS received, count(*) FILTER (WHERE broadcast) AS broadcast
              FROM messages WHERE application_id = 2 AND user_id IS NOT NULL AND id > $1 GROUP BY 1, 2, 3)
            SELECT (SELECT count(*) FROM (TABLE counted EXCEPT TABLE recounted) a),
                   (SELECT count(*) FROM (TABLE recounted EXCEPT TABLE counted) b),
                   (SELECT count(*) FROM counted)
            """;
        await using var command = DataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = SeededCommunity.HillsideGreeting });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.That((reader.GetInt64(0), reader.GetInt64(1)), Is.EqualTo((0L, 0L)), "buckets that differ");
        Assert.That(reader.GetInt64(2), Is.GreaterThan(1_000));
    }

    [Test]
    public async Task Messages_end_now_and_follow_day_and_week()
    {
        await SeedAsync();

        await using var db = ContextFor(SeededCommunity.Hillside);
        var times = await db.Messages.Where(message => message.Id > SeededCommunity.HillsideGreeting)
            .Select(message => message.CreatedTime).ToListAsync();
        int During(int from, int to) => times.Count(time => time.Hour >= from && time.Hour < to);
        var workdays = times.Count(time => time.DayOfWeek is DayOfWeek.Tuesday or DayOfWeek.Wednesday) / 2;
        var weekends = times.Count(time => time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) / 2;

        Assert.That(times.Max(), Is.LessThanOrEqualTo(Clock.Now).And.GreaterThan(Clock.Now.AddHours(-3)));
        Assert.That((Clock.Now - times.Min()).TotalDays, Is.InRange(89, 91));
        Assert.That(During(9, 17), Is.GreaterThan(10 * During(1, 5)));
        Assert.That(workdays, Is.GreaterThan(weekends * 1.2));
    }

    [Test]
    public async Task Messages_follow_joins_and_replies_follow_their_parents()
    {
        await SeedAsync();

        await using var db = ContextFor(SeededCommunity.Hillside);
        Assert.That(await db.Messages.CountAsync(message => message.UserId != null
            && !message.Channel.Members.Any(member => member.UserId == message.UserId && member.CreatedTime <= message.CreatedTime)
            && message.Id > SeededCommunity.HillsideGreeting), Is.Zero);
        Assert.That(await db.Messages.CountAsync(message => message.Parent != null
            && message.Parent.CreatedTime >= message.CreatedTime), Is.Zero);
        Assert.That(await db.Messages.CountAsync(message => message.Parent != null
            && (message.NestedLevel != message.Parent.NestedLevel + 1 || message.ThreadId != message.Parent.ThreadId)), Is.Zero);
        Assert.That(await db.ChatSessions.CountAsync(session => session.EndTime < session.CreatedTime), Is.Zero);
    }

    [Test]
    public async Task No_membership_lies_in_the_future()
    {
        await SeedAsync();

        await using var db = ContextFor(SeededCommunity.Hillside);
        Assert.That(await db.ChannelMembers.CountAsync(member => member.CreatedTime > Clock.Now), Is.Zero);
        Assert.That(await db.Channels.CountAsync(channel => channel.CreatedTime > Clock.Now), Is.Zero);
        Assert.That(
            await db.Participants.CountAsync(p => p.Participations.Any(period => period.JoinedAt > Clock.Now)), Is.Zero);
    }

    [Test]
    public async Task The_same_day_produces_the_same_community()
    {
        await SeedAsync();
        var first = await DigestAsync();
        await Database.ResetAsync();
        await SeedAsync();

        Assert.That(await DigestAsync(), Is.EqualTo(first));
    }

    [Test]
    public async Task Second_call_changes_nothing()
    {
        await SeedAsync();
        var before = await DigestAsync();

        Assert.That(await SeedAsync(), Is.Null);
        Assert.That(await DigestAsync(), Is.EqualTo(before));
    }

    private async Task<DemoSummary?> SeedAsync()
    {
        await using var db = Database.ContextFor();
        return await new DemoCommunity(db, Clock).SeedAsync(SeededCommunity.Hillside.Id, CancellationToken.None);
    }

    /// <summary>Hash of all messages with their senders, channels, times and parents.</summary>
    private async Task<string> DigestAsync()
    {
        const string sql =
            """
            SELECT count(*) || md5(string_agg(
              concat_ws('|', u.name, coalesce(c.display_name, c.type::text), m.created_time, m.body, p.body), ',' ORDER BY m.id))
            FROM messages m
            JOIN channels c USING (application_id)
            LEFT JOIN users u ON (u.application_id, u.id) = (m.application_id, m.user_id)
            LEFT JOIN messages p ON (p.application_id, p.id) = (m.application_id, m.parent_id)
            WHERE c.id = m.channel_id
            """;
        // With statistics of nearly empty tables the planner might scan all messages for each parent.
        await using var analyze = DataSource.CreateCommand("ANALYZE messages, users, channels");
        await analyze.ExecuteNonQueryAsync();
        await using var command = DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
