using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Sessions;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Events;

/// <summary>Reads the event log as followers do: only rows that no running transaction can precede.</summary>
internal sealed class EphemeralEvents(NpgsqlDataSource database, ICurrentApplication application) : IEphemeralEvents
{
    public async Task<IReadOnlyList<EphemeralEvent>> ReadAsync(
        EphemeralEventType type, long channelId, DateTime since, LogPosition? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EmbeddedSql.Get("EphemeralEvents"));
        command.Parameters.Add(new NpgsqlParameter<long>("application", application.Id));
        command.Parameters.Add(new NpgsqlParameter<long>("channel", channelId));
        command.Parameters.Add(new NpgsqlParameter<string>(
            "type", type is EphemeralEventType.Custom ? "ephemeral.event" : "ephemeral.keystrokes"));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("since", since));
        command.Parameters.Add(new NpgsqlParameter("xid", NpgsqlDbType.Xid8) { Value = after?.Transaction ?? 0 });
        command.Parameters.Add(new NpgsqlParameter<long>("event_id", after?.Event ?? 0));
        command.Parameters.Add(new NpgsqlParameter<int>("limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<EphemeralEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(new EphemeralEvent(
                new LogPosition(reader.GetFieldValue<ulong>(0), reader.GetInt64(1)),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(2))));
        }

        return items;
    }
}
