using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using ChatPlatform.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Writes rows and their events for one application, each in one transaction, as the server does.</summary>
internal sealed class History(TestDatabase database, long applicationId)
{
    public async Task<long> AddUserAsync(bool isGuest, DateTime now)
    {
        await using var db = database.ContextFor(applicationId);
        var user = db.Users.Add(User.Create(applicationId, Guid.NewGuid().ToString("N"), "User", isGuest, null, now)).Entity;
        await db.SaveChangesAsync();
        return user.Id;
    }

    public async Task<long> AddChannelAsync(ChannelType type, DateTime now)
    {
        await using var db = database.ContextFor(applicationId);
        var channel = Channel.CreateGroup(applicationId, type, null, null, null, null, now);
        db.Channels.Add(channel);
        await db.SaveChangesAsync();
        return channel.Id;
    }

    public async Task<long> SendAsync(long channelId, long? userId, DateTime at, bool broadcast = true)
    {
        await using var db = database.ContextFor(applicationId);
        var channel = await db.Channels.Include(c => c.Threads).SingleAsync(c => c.Id == channelId);
        var user = userId is null ? null : await db.Users.SingleAsync(u => u.Id == userId);
        var place = new ThreadPosition(channel.Threads.Single(t => t.Type == ThreadType.Main).Id);
        var message = Message.Send(channel, user, new MessageContent("text", null, null, null), place, broadcast, at);
        db.Messages.Add(message);
        await db.SaveChangesAsync();
        return message.Id;
    }

    /// <summary>Many messages of a user in one bucket, with one event.</summary>
    public Task ImportAsync(long channelId, long userId, DateTime at, int count, bool broadcast) => RunAsync(
        """
        INSERT INTO messages (application_id, id, type, channel_id, thread_id, nested_level, user_id, body, properties, created_time,
          broadcast)
        SELECT $1, nextval('message_ids') + n, 0, $2, t.id, 0, $3, 'imported', '{}', $4 + n * interval '1 millisecond', $6
        FROM generate_series(0, $5 - 1) n JOIN threads t ON t.application_id = $1 AND t.channel_id = $2 AND t.type = 0;
        """,
        """
        INSERT INTO events (application_id, type, channel_id, user_id, sent_at, received, broadcast)
        VALUES ($1, 'messages.imported', $2, $3, $4, $5, CASE WHEN $6 THEN $5 ELSE 0 END)
        """,
        channelId, userId, at, count, broadcast);

    public Task JoinAsync(long channelId, long userId, DateTime at) => RunAsync(
        """
        INSERT INTO channel_members (application_id, channel_id, user_id, created_time, is_moderator) VALUES ($1, $2, $3, $4, false)
        ON CONFLICT DO NOTHING
        """,
        "INSERT INTO events (application_id, type, channel_id, user_id) SELECT $1, 'channel.member_joined', $2, $3 WHERE $4 IS NOT NULL",
        channelId, userId, at);

    public Task LeaveAsync(long channelId, long userId) => RunAsync(
        "DELETE FROM channel_members WHERE application_id = $1 AND channel_id = $2 AND user_id = $3",
        "INSERT INTO events (application_id, type, channel_id, user_id) VALUES ($1, 'channel.member_left', $2, $3)",
        channelId, userId);

    public Task UpgradeAsync(long userId, bool isGuest) => RunAsync(
        "UPDATE users SET is_guest = $3 WHERE application_id = $1 AND id = $2",
        "INSERT INTO events (application_id, type, user_id) SELECT $1, 'user.updated', $2 WHERE $3 IS NOT NULL",
        userId, isGuest);

    /// <param name="to">Null leaves the session open.</param>
    public Task AddSessionAsync(long channelId, long userId, DateTime from, DateTime? to) => RunAsync(
        """
        WITH s AS (
          INSERT INTO user_sessions (application_id, id, user_id, created_time, seen_time, end_time)
          VALUES ($1, nextval('session_ids'), $3, $4, $4, $5) RETURNING id
        )
        INSERT INTO chat_sessions (application_id, id, user_session_id, channel_id, user_id, created_time, end_time)
        SELECT $1, nextval('session_ids'), s.id, $2, $3, $4, $5 FROM s
        """,
        null,
        channelId, userId, from, to);

    private async Task RunAsync(string first, string? second, params object?[] values)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var sql in new[] { first, second }.OfType<string>())
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new() { Value = applicationId });
            foreach (var value in values)
            {
                command.Parameters.Add(value is DateTime or null
                    ? new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = value ?? DBNull.Value }
                    : new NpgsqlParameter { Value = value });
            }

            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
}
