using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Sessions;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Events;

/// <summary>Reads news out of the event log as its followers do: only what no running transaction can come before.</summary>
internal sealed class ChannelNews(NpgsqlDataSource database, ICurrentApplication application) : IChannelNews
{
    public async Task<IReadOnlyList<NewsItem>> ReadAsync(
        NewsType type, long channelId, DateTime since, LogPlace? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EmbeddedSql.Get("ChannelNews"));
        command.Parameters.Add(new NpgsqlParameter<long>("application", application.Id));
        command.Parameters.Add(new NpgsqlParameter<long>("channel", channelId));
        command.Parameters.Add(new NpgsqlParameter<string>("type", type is NewsType.Event ? "news.event" : "news.keystrokes"));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("since", since));
        command.Parameters.Add(new NpgsqlParameter("xid", NpgsqlDbType.Xid8) { Value = after?.Transaction ?? 0 });
        command.Parameters.Add(new NpgsqlParameter<long>("event_id", after?.Event ?? 0));
        command.Parameters.Add(new NpgsqlParameter<int>("limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<NewsItem>();
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(new NewsItem(
                new LogPlace(reader.GetFieldValue<ulong>(0), reader.GetInt64(1)),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(2))));
        }

        return items;
    }
}
