using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.ChatConnectors;

/// <summary>The counterpart of <see cref="ChatMembershipSync"/> for members written in bulk.</summary>
internal static class BulkChatMembershipSync
{
    /// <summary>Call it in the transaction that writes the members.</summary>
    public static async Task SyncAsync(
        NpgsqlConnection connection, long applicationId, IReadOnlyCollection<long> channelIds, CancellationToken cancellationToken)
    {
        if (channelIds.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(EmbeddedSql.Get("BulkChatMembershipSync"), connection)
        {
            Parameters = { new() { Value = applicationId }, new() { Value = channelIds.ToArray() } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
