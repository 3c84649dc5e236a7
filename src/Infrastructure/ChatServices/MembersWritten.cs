using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.ChatServices;

/// <summary>What <see cref="ChannelMirror"/> does for single members, for those that were written in bulk.</summary>
internal static class MembersWritten
{
    /// <summary>To be called in the transaction that writes the members.</summary>
    public static async Task ReflectAsync(
        NpgsqlConnection connection, long applicationId, IReadOnlyCollection<long> channelIds, CancellationToken cancellationToken)
    {
        if (channelIds.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(EmbeddedSql.Get("MembersWritten"), connection)
        {
            Parameters = { new() { Value = applicationId }, new() { Value = channelIds.ToArray() } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
