using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ChatPlatform.Infrastructure.Erasure;

/// <summary>The statements of the folder Sql, in the context's transaction.</summary>
internal sealed class Erasure(ChatDbContext db, TimeProvider clock) : IErasure
{
    /// <summary>From so many on, followers hear how many messages went where and no longer which.</summary>
    private const int OneByOne = 1_000;

    public async Task<int> RemoveMessagesAsync(MessageScope scope, int limit, CancellationToken cancellationToken) =>
        (int)(await RunAsync(
            "EraseMessages",
            cancellationToken,
            new NpgsqlParameter<long?>("message", scope.MessageId),
            new NpgsqlParameter<long?>("channel", scope.ChannelId),
            new NpgsqlParameter<long?>("user", scope.UserId),
            new NpgsqlParameter<DateTime?>("until", scope.Until) { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
            new NpgsqlParameter<DateTime>("now", clock.UtcNow()),
            new NpgsqlParameter<int>("limit", limit),
            new NpgsqlParameter<bool>("each", scope.MessageId is not null || limit <= OneByOne)))!;

    public Task EmptyChannelAsync(long channelId, CancellationToken cancellationToken) =>
        RunAsync("EmptyChannel", cancellationToken, new NpgsqlParameter<long>("channel", channelId));

    public Task RemoveChannelAsync(long channelId, CancellationToken cancellationToken) =>
        RunAsync("RemoveChannel", cancellationToken, new NpgsqlParameter<long>("channel", channelId));

    public Task ForgetUserAsync(long userId, CancellationToken cancellationToken) =>
        RunAsync("ForgetUser", cancellationToken, new NpgsqlParameter<long>("user", userId));

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
