using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ChatPlatform.Infrastructure.Erasure;

/// <summary>Runs the statements of the folder Sql in the transaction of the context.</summary>
internal sealed class Erasure(ChatDbContext db, TimeProvider clock) : IErasure
{
    /// <summary>Above this limit, events hold counts of messages instead of their ids.</summary>
    private const int MaxSeparateEvents = 1_000;

    public async Task<int> RemoveMessagesAsync(MessageScope scope, int limit, CancellationToken cancellationToken) =>
        (int)(await RunAsync(
            "EraseMessages",
            cancellationToken,
            new NpgsqlParameter<long?>("message", scope.MessageId),
            new NpgsqlParameter<long?>("channel", scope.ChannelId),
            new NpgsqlParameter<long?>("user", scope.UserId),
            new NpgsqlParameter<string?>("snapshot", scope.Snapshot),
            new NpgsqlParameter<DateTime>("now", clock.UtcNow()),
            new NpgsqlParameter<int>("limit", limit),
            new NpgsqlParameter<bool>("event_per_message", scope.MessageId is not null || limit <= MaxSeparateEvents)))!;

    public Task EmptyChannelAsync(long channelId, CancellationToken cancellationToken) =>
        RunAsync("EmptyChannel", cancellationToken, new NpgsqlParameter<long>("channel", channelId));

    public Task RemoveChannelAsync(long channelId, CancellationToken cancellationToken) =>
        RunAsync("RemoveChannel", cancellationToken, new NpgsqlParameter<long>("channel", channelId));

    public Task EraseUserAsync(long userId, CancellationToken cancellationToken) =>
        RunAsync("EraseUser", cancellationToken, new NpgsqlParameter<long>("user", userId));

    private async Task<object?> RunAsync(string statement, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
            command.CommandText = EmbeddedSql.Get(statement);
            command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
            command.Parameters.Add(new NpgsqlParameter<long>("application", db.ApplicationId));
            command.Parameters.AddRange(parameters);
            return await command.ExecuteScalarAsync(cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
