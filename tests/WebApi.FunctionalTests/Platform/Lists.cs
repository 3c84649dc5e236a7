using System.Globalization;
using ChatPlatform.Testing;
using ChatPlatform.WebApi.Dialects.Platform.Jobs;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.FunctionalTests.Hosting;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>
/// All lists of the dialect, with a path for each. A new list is added here, with rows in <see cref="FillAsync"/>; otherwise the tests over
/// all lists fail and name it.
/// </summary>
internal static class Lists
{
    /// <summary>By route. Each path shows the rows of <see cref="FillAsync"/> first and accepts <c>size</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Paths = new Dictionary<string, string[]>
    {
        ["GET /v1/application/message-read-receipt-summaries"] = ["/application/message-read-receipt-summaries?sort=channel,desc"],
        ["GET /v1/channels"] = ["/channels?sort=id,desc", "/channels?sort=id,desc&members=alice&type=DIRECT&startTime=2026-01-01"],
        ["GET /v1/channels/{id}/blacklist"] = ["/channels/1/blacklist?sort=id,desc"],
        ["GET /v1/channels/{id}/invites"] = ["/channels/2/invites?sort=id,desc"],
        ["GET /v1/channels/{id}/members"] = ["/channels/1/members?sort=id,desc"],
        ["GET /v1/channels/{id}/memberships"] = ["/channels/1/memberships?sort=id,desc"],
        ["GET /v1/channels/{id}/messages"] = ["/channels/1/messages?", "/channels/1/messages?username=alice"],
        ["GET /v1/channels/{id}/moderators"] = ["/channels/1/moderators?sort=id,desc"],
        ["GET /v1/channels/{id}/participants"] = ["/channels/1/participants?sort=id,desc"],
        ["GET /v1/channels/{id}/reported-messages"] = ["/channels/1/reported-messages?"],
        ["GET /v1/channels/{id}/threads"] = ["/channels/1/threads?sort=id,desc"],
        ["GET /v1/chat-sessions/{id}/events"] = ["/chat-sessions/2000001/events?"],
        ["GET /v1/chat-sessions/{id}/keystrokes"] = ["/chat-sessions/2000001/keystrokes?"],
        ["GET /v1/chat-sessions"] = ["/chat-sessions?sort=id,desc", "/chat-sessions?state=ACTIVE"],
        ["GET /v1/functions/{id}/dead-letters"] = ["/functions/1000001/dead-letters?"],
        ["GET /v1/functions/{id}/invocations"] = ["/functions/1000001/invocations?"],
        ["GET /v1/functions/{id}/versions"] = ["/functions/1000001/versions?"],
        ["GET /v1/runtimes/nodejs/functions"] = ["/runtimes/nodejs/functions?sort=id,desc"],
        ["GET /v1/jobs"] = ["/jobs?sort=id,desc", "/jobs?running=true&sort=id,desc"],
        ["GET /v1/jobs/{id}/errors"] = ["/jobs/1000001/errors?"],
        ["GET /v1/messages"] = ["/messages?", "/messages?username=alice", "/messages?query=bob"],
        ["GET /v1/messages/{id}/read-receipts"] = ["/messages/5/read-receipts?sort=id,desc"],
        ["GET /v1/messages/{id}/versions"] = ["/messages/5/versions?"],
        ["GET /v1/threads/{id}/messages"] = ["/threads/1/messages?", "/threads/5/messages?"],
        ["GET /v1/user-sessions"] = ["/user-sessions?sort=id,desc", "/user-sessions?state=ACTIVE"],
        ["GET /v1/users"] = ["/users?sort=id,desc", "/users?sort=id,desc&properties=%7B%22n%22%3A1%7D"],
        ["GET /v1/users/{id}/channels"] = ["/users/1/channels?sort=id,desc"],
        ["GET /v1/users/{id}/notifications"] = ["/users/2/notifications?"],
        ["GET /v1/users/{id}/messages"] = ["/users/1/messages?", "/users/2/messages?unread=true"],
    };

    private static readonly Type?[] ListTypes = [typeof(PageResource), typeof(CursorPageResource), typeof(JobErrorsResource)];

    /// <summary>Complete rows for every list, <c>@n</c> of each.</summary>
    private const string Rows =
        """
        INSERT INTO users (application_id, id, type, name, display_name, is_guest, call_status, presence_status, properties, created_time)
        SELECT 1, 1000000 + i, 0, 'user-' || i, 'User ' || i, false, 0, 'UNAVAILABLE', '{"n": 1}', '2026-06-15 12:00Z'
        FROM generate_series(1, @n) i;
        INSERT INTO channel_members (application_id, channel_id, user_id, created_time, is_moderator)
        SELECT 1, 1, 1000000 + i, timestamptz '2026-06-15 12:00Z' + i * interval '1 second', true FROM generate_series(1, @n) i;
        INSERT INTO channel_blacklist (application_id, channel_id, user_id, created_time)
        SELECT 1, 1, 1000000 + i, '2026-06-15 12:00Z' FROM generate_series(1, @n) i;
        INSERT INTO channel_invites (application_id, channel_id, user_id, created_time)
        SELECT 1, 2, 1000000 + i, timestamptz '2026-06-15 12:00Z' + i * interval '1 second' FROM generate_series(1, @n) i;
        INSERT INTO user_sessions (application_id, id, user_id, user_agent, created_time, seen_time)
        SELECT 1, 1000000 + i, 1000000 + i, 'agent', timestamptz '2026-06-15 12:00Z' + i * interval '1 second', '2026-06-15 12:00Z'
        FROM generate_series(1, @n) i;
        INSERT INTO chat_sessions (application_id, id, user_session_id, channel_id, user_id, created_time)
        SELECT 1, 2000000 + i, 1000000 + i, 1, 1000000 + i, timestamptz '2026-06-15 12:00Z' + i * interval '1 second'
        FROM generate_series(1, @n) i;
        INSERT INTO channels (application_id, id, type, direct_key, creator_id, properties, active, created_time, updated_time)
        SELECT 1, 1000000 + i, 2, '1,' || 1000000 + i, 1, '{}', true, '2026-06-15 12:00Z', '2026-06-15 12:00Z'
        FROM generate_series(1, @n) i;
        INSERT INTO threads (application_id, id, channel_id, type, properties, created_time)
        SELECT 1, 1000000 + i, 1000000 + i, 0, '{}', '2026-06-15 12:00Z' FROM generate_series(1, @n) i;
        INSERT INTO channel_members (application_id, channel_id, user_id, created_time, is_moderator)
        SELECT 1, 1000000 + i, u, '2026-06-15 12:00Z', false FROM generate_series(1, @n) i, LATERAL unnest(ARRAY[1, 2, 1000000 + i]) u;
        INSERT INTO messages (application_id, id, type, channel_id, thread_id, parent_id, nested_level, user_id, body, mentions, properties,
          created_time, broadcast)
        SELECT 1, (2 + ordinal) * 1000000 + i, 0, channel, thread, parent, CASE WHEN parent IS NULL THEN 0 ELSE 1 END, 1, '<@bob> <#staff>',
          '{"items":[{"type":1,"tag":"<@bob>","start":0,"end":6,"targetId":2},
            {"type":0,"tag":"<#staff>","start":7,"end":15,"targetId":2}]}',
          '{}', timestamptz '2026-06-15 12:00Z' + i * interval '1 second', true
        FROM generate_series(1, @n) i,
          LATERAL (VALUES (0, 1, 1, NULL), (1, 1000000 + i, 1000000 + i, NULL), (2, 1, 1, 5)) positions (ordinal, channel, thread, parent);
        INSERT INTO threads (application_id, id, channel_id, type, name, properties, created_time)
        SELECT 1, 9000000 + i, 1, 1, 'thread ' || i, '{}', '2026-06-15 12:00Z' FROM generate_series(1, @n) i;
        INSERT INTO events (application_id, type, channel_id, user_id, payload)
        SELECT 1, event_type, 1, 2,
          '{"at":"2026-06-15T12:30:00Z","name":"wave","properties":{},"threadId":1,"userId":2,"username":"bob","keys":"x"}'
        FROM generate_series(1, @n) i, unnest(ARRAY['ephemeral.event', 'ephemeral.keystrokes']) event_type;
        INSERT INTO notifications (application_id, user_id, type, message_id, muted, created_time)
        SELECT 1, 2, 4, id, false, created_time FROM messages WHERE id > 1000000 AND parent_id IS NOT NULL;
        INSERT INTO message_reactions (application_id, message_id, alias, user_id, created_time)
        SELECT 1, id, 'heart', 2, '2026-06-15 12:00Z' FROM messages WHERE id > 1000000;
        INSERT INTO message_reports (application_id, message_id, user_id, created_time)
        SELECT 1, id, 2, '2026-06-15 12:00Z' FROM messages WHERE id > 1000000;
        INSERT INTO message_versions (application_id, message_id, body, captured_at)
        SELECT 1, 5, 'version ' || i, timestamptz '2026-06-15 12:00Z' + i * interval '1 second' FROM generate_series(1, @n) i;
        INSERT INTO read_receipts (application_id, message_id, user_id, created_time)
        SELECT 1, 5, 1000000 + i, timestamptz '2026-06-15 12:00Z' + i * interval '1 second' FROM generate_series(1, @n) i;
        INSERT INTO jobs (application_id, id, type, state, created_time, arguments, processed, succeeded, skipped, failed, bytes_read,
          attempts, failures, not_before)
        OVERRIDING SYSTEM VALUE
        SELECT 1, 1000000 + i, 3, 0, timestamptz '2026-06-15 12:00Z' + i * interval '1 second', '{}', 0, 0, 0, @n, 0, 0, 0,
          '2026-06-15 12:00Z'
        FROM generate_series(1, @n) i;
        INSERT INTO job_item_errors (application_id, job_id, index, idempotency_key, reason)
        SELECT 1, 1000001, i, 'key-' || i, 'is bad' FROM generate_series(1, @n) i;
        INSERT INTO chat_runtimes (application_id, revision, dependencies) VALUES (1, 1, '[]');
        INSERT INTO functions (application_id, id, type, name, enabled, fails_open, current_version_number, created_time)
        SELECT 1, 1000000 + i, 'user.sent.message', 'function ' || i, true, false, @n, '2026-06-15 12:00Z' FROM generate_series(1, @n) i;
        INSERT INTO function_versions (application_id, function_id, number, script, created_time)
        SELECT 1, 1000001, i, 'handle', '2026-06-15 12:00Z' FROM generate_series(1, @n) i;
        INSERT INTO function_invocations (application_id, function_id, version_number, status, args, failure, console, created_time,
          ended_time, duration)
        SELECT 1, 1000001, 1, 2, '{"A_b":1}', '{"kind":"THROWN","name":"Error","message":"x"}', '[]', '2026-06-15 12:00Z',
          '2026-06-15 12:00Z', '3 ms' FROM generate_series(1, @n) i;
        INSERT INTO function_deliveries (application_id, function_id, channel_id, args, state, attempts, failure, created_time, not_before,
          ended_time)
        SELECT 1, 1000001, 1, '{"A_b":1}', 2, 5, '{"kind":"THROWN","name":"Error","message":"x"}', '2026-06-15 12:00Z',
          '2026-06-15 12:00Z', '2026-06-15 12:00Z' FROM generate_series(1, @n) i
        """;

    public static IEnumerable<TableRoute> Routes(IServiceProvider services) => TableRoute.ReadAll(services).Where(route =>
        route is { Dialect: "platform", Method: "GET", IsAlias: false } && ListTypes.Contains(route.ResponseType));

    /// <summary>Adds rows to every list of the seeded community.</summary>
    public static async Task FillAsync(TestDatabase database, int count)
    {
        // The number is inserted into the text, not a parameter: some of the statements have none.
        await using var command = database.DataSource.CreateCommand(
            Rows.Replace("@n", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync();
    }
}
