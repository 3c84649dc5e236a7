using ChatPlatform.Application.Common;
using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Benchmarks.Statistics;

/// <summary>
/// A generated store, the same for every run: two years up to <see cref="Now"/>, few busy and many quiet channels and users. Users are
/// members of up to twenty channels; conversations have four members and twenty messages in about 15 minutes.
/// </summary>
internal sealed class Store(string connectionString)
{
    public const int Channels = 10_000;
    public const int Users = 100_000;
    public const int ChannelsOfUser = 20;
    public const long Application = 1;
    public const long Admin = 1;
    public const string Token = "benchmark-token";
    public const string DeveloperKey = "benchmark-key";

    public static readonly DateTime Now = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);
    public static readonly TimeSpan History = TimeSpan.FromDays(730);

    public async Task CreateAsync(int messages)
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        await using var source = NpgsqlDataSource.Create(connectionString);
        DependencyInjection.Configure(options, source);
        await using (var db = new ChatDbContext(options.Options))
        {
            await db.Database.MigrateAsync();
        }

        await using var connection = await source.OpenConnectionAsync();
        await RunAsync(connection, Ground, SecretToken.Hash(DeveloperKey), SecretToken.Hash(Token));
        var indexes = await DropIndexesAsync(connection);
        var random = new Random(1);
        var members = GenerateMembers(random);
        await CopyMembersAsync(connection, members);
        await CopyMessagesAsync(connection, messages, members, random);
        await RunAsync(connection, Sessions, messages / 10);
        await RunAsync(connection, "SET maintenance_work_mem = '1GB'");
        foreach (var index in indexes)
        {
            await RunAsync(connection, index);
        }

        await RunAsync(connection, "VACUUM (ANALYZE)");
    }

    private static string BaseRows =>
        $"""
        SET session_replication_role = replica;
        INSERT INTO applications (id, key, name, properties, created_time, guest_users_enabled, user_created_channels_enabled)
        OVERRIDING SYSTEM VALUE VALUES ({Application}, 'benchmark', 'Benchmark', '{"{}"}', '2024-01-01Z', true, true);
        INSERT INTO users (application_id, id, type, name, display_name, is_guest, call_status, presence_status, properties, created_time)
        SELECT 1, n, 0, 'user-' || n, 'User ' || n, n % 10 = 0, 0, 'UNAVAILABLE', '{"{}"}',
          timestamptz '2026-06-15 12:00Z' - interval '730 days' + n * interval '10 minutes'
        FROM generate_series(1, {Users}) n;
        INSERT INTO channels (application_id, id, type, name, display_name, properties, active, created_time, updated_time)
        SELECT 1, n, CASE WHEN n % 10 = 1 THEN 1 ELSE 0 END, 'channel-' || n, 'Channel ' || n, '{"{}"}', true, '2024-06-01Z', '2024-06-01Z'
        FROM generate_series(1, {Channels}) n;
        INSERT INTO threads (application_id, id, channel_id, type, properties, created_time)
        SELECT 1, n, n, 0, '{"{}"}', '2024-06-01Z' FROM generate_series(1, {Channels}) n;
        INSERT INTO accounts (application_id, user_id, password_hash, roles, failed_logins) VALUES (1, {Admin}, 'none', '{"{admin}"}', 0);
        INSERT INTO clients (application_id, client_id, secret_hash, developer_key_hash, scopes, created_time)
        VALUES (1, 'benchmark', 'none', $1, '{"{create:*,read:*,update:*,delete:*}"}', now());
        INSERT INTO login_tokens (token_hash, application_id, user_id, expires_time) VALUES ($2, 1, {Admin}, '2100-01-01Z')
        """;

    /// <summary>Ended sessions of about 20 minutes, marked as counted, so that the rebuild sets their bits.</summary>
    private const string Sessions =
        """
        INSERT INTO user_sessions (application_id, id, user_id, created_time, seen_time, end_time, counted)
        SELECT 1, n, 1 + floor(100000 * power(random(), 2)), t, t, t + random() * interval '40 minutes', true
        FROM generate_series(1, $1) n,
          LATERAL (SELECT timestamptz '2026-06-15 11:00Z' - random() * interval '729 days' + n * interval '0' AS t) x
        """;

    private static (long Channel, long User)[] GenerateMembers(Random random) =>
        [.. Enumerable.Range(0, Users * ChannelsOfUser)
            .Select(n => (PickSkewed(random, Channels, 2.5), (long)(n / ChannelsOfUser) + 1))
            .Distinct()
            .Order()];

    private static async Task CopyMembersAsync(NpgsqlConnection connection, IEnumerable<(long Channel, long User)> members)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY channel_members (application_id, channel_id, user_id, created_time, is_moderator) FROM STDIN (FORMAT BINARY)");
        foreach (var (channel, user) in members)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(Application, NpgsqlDbType.Bigint);
            await copy.WriteAsync(channel, NpgsqlDbType.Bigint);
            await copy.WriteAsync(user, NpgsqlDbType.Bigint);
            await copy.WriteAsync(Now - History, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean);
        }

        await copy.CompleteAsync();
    }

    private static async Task CopyMessagesAsync(
        NpgsqlConnection connection, int messages, (long Channel, long User)[] members, Random random)
    {
        var ofUser = members.ToLookup(member => member.User, member => member.Channel);
        var ofChannel = members.ToLookup(member => member.Channel, member => member.User);
        var channels = Enumerable.Range(0, Users + 1).Select(user => ofUser[user].ToArray()).ToArray();
        var users = Enumerable.Range(0, Channels + 1).Select(channel => ofChannel[channel].ToArray()).ToArray();
        var conversations = new Queue<(long Channel, long User)>[Math.Max(1, messages / 1_250_000)];
        Array.Fill(conversations, new());
        var step = History.Ticks / messages;
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY messages (application_id, id, type, channel_id, thread_id, nested_level, user_id, body, properties, created_time, "
            + "broadcast) FROM STDIN (FORMAT BINARY)");
        for (var n = 0; n < messages; n++)
        {
            ref var conversation = ref conversations[n % conversations.Length];
            if (conversation.Count == 0)
            {
                var first = PickSkewed(random, Users, 2);
                var at = channels[first][random.Next(channels[first].Length)];
                long[] participants = [first, .. Enumerable.Range(0, 3).Select(_ => users[at][random.Next(users[at].Length)])];
                conversation = new(Enumerable.Range(0, 20).Select(_ => (at, participants[random.Next(participants.Length)])));
            }

            var (channel, user) = conversation.Dequeue();
            await copy.StartRowAsync();
            await copy.WriteAsync(Application, NpgsqlDbType.Bigint);
            await copy.WriteAsync((long)n + Channels + 1, NpgsqlDbType.Bigint);
            await copy.WriteAsync(0, NpgsqlDbType.Integer);
            await copy.WriteAsync(channel, NpgsqlDbType.Bigint);
            await copy.WriteAsync(channel, NpgsqlDbType.Bigint);
            await copy.WriteAsync(0, NpgsqlDbType.Integer);
            await copy.WriteAsync(user, NpgsqlDbType.Bigint);
            await copy.WriteAsync("a message of a usual length, as people write them", NpgsqlDbType.Text);
            await copy.WriteAsync("{}", NpgsqlDbType.Jsonb);
            await copy.WriteAsync(Now - History + TimeSpan.FromTicks((n * step) + random.NextInt64(step)), NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(random.Next(100) > 0, NpgsqlDbType.Boolean);
        }

        await copy.CompleteAsync();
    }

    /// <returns>1 to <paramref name="of"/>; low numbers are more likely.</returns>
    private static long PickSkewed(Random random, int of, double slope) => 1 + (long)(of * Math.Pow(random.NextDouble(), slope));

    /// <summary>Drops the secondary indexes.</summary>
    /// <returns>Statements that create them again, except the search index, which takes the longest and is not read.</returns>
    private static async Task<List<string>> DropIndexesAsync(NpgsqlConnection connection)
    {
        var (names, definitions) = (new List<string>(), new List<string>());
        await using (var command = new NpgsqlCommand(
            """
            SELECT indexname, indexdef FROM pg_indexes
            WHERE tablename IN ('messages', 'user_sessions') AND indexname NOT LIKE 'pk%'
            """,
            connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetString(0));
                if (reader.GetString(0) != "ix_messages_search")
                {
                    definitions.Add(reader.GetString(1));
                }
            }
        }

        await RunAsync(connection, $"DROP INDEX {string.Join(", ", names)}");
        return definitions;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        foreach (var statement in values.Length > 0 && sql.Contains("$2", StringComparison.Ordinal) ? sql.Split(";\n") : [sql])
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            for (var i = 0; i < values.Length; i++)
            {
                if (statement.Contains($"${i + 1}", StringComparison.Ordinal))
                {
                    command.CommandText = command.CommandText.Replace($"${i + 1}", $"@p{i}", StringComparison.Ordinal);
                    command.Parameters.AddWithValue($"p{i}", values[i]);
                }
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}
