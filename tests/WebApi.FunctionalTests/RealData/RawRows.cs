using Npgsql;

namespace ChatPlatform.WebApi.FunctionalTests.RealData;

/// <summary>Reads rows directly: ids by name, and facts that the API does not show.</summary>
internal static class RawRows
{
    public static async Task<Dictionary<string, long>> ReadIdsAsync(this NpgsqlDataSource database, string table, long applicationId)
    {
        await using var command = database.CreateCommand($"select name, id from {table} where application_id = $1 and name is not null");
        command.Parameters.Add(new() { Value = applicationId });
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new Dictionary<string, long>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return ids;
    }

    public static async Task<long> ReadMessageIdAsync(this NpgsqlDataSource database, long channelId, DateTime createdTime, string body)
    {
        await using var command =
            database.CreateCommand("select id from messages where channel_id = $1 and created_time = $2 and body = $3");
        command.Parameters.Add(new() { Value = channelId });
        command.Parameters.Add(new() { Value = createdTime });
        command.Parameters.Add(new() { Value = body });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<long> CountRepliesAsync(this NpgsqlDataSource database, IEnumerable<long> channelIds)
    {
        await using var command =
            database.CreateCommand("select count(*) from messages where channel_id = any($1) and parent_id is not null");
        command.Parameters.Add(new() { Value = channelIds.ToArray() });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
