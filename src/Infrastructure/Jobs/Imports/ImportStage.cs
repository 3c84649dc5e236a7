using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.ChatConnectors;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Temporary tables of the connection that hold what an import would write: thrown away by a dry run, moved to their places in one
/// transaction by an atomic import of good items only. They die with the connection, so a try that breaks off starts anew.
/// </summary>
internal static class ImportStage
{
    // In the order of their foreign keys.
    private static readonly string[] Names =
    [
        "users", "channels", "threads", "channel_members", "channel_blacklist", "messages", "message_versions", "import_keys", "events",
    ];

    public static bool Holds(string table) => Names.Contains(table);

    public static async Task OpenAsync(ImportSession session, CancellationToken cancellationToken)
    {
        await session.Db.Database.OpenConnectionAsync(cancellationToken);
        foreach (var name in Names)
        {
            await session.ExecuteAsync(
                $"create temporary table {session.Prefix}{name} (like {name} including indexes including defaults including identity)",
                cancellationToken);
        }

        await using var transaction = await session.Db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var report in new[] { session.Tables.Errors.Name, session.Tables.Waiting.Name })
        {
            await session.ExecuteAsync(
                $"delete from {report} where application_id = $1 and job_id = $2",
                cancellationToken,
                session.Job.ApplicationId,
                session.Job.Id);
        }

        session.Job.Restart();
        await session.Db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Ends the import: with all items in, or with none when one of them is bad.</summary>
    public static async Task<Result<Done>> CloseAsync(ImportSession session, CancellationToken cancellationToken)
    {
        var job = session.Job;
        if (session.Arguments.DryRun)
        {
            return Done.Success;
        }

        if (job.Failed > 0)
        {
            return ImportErrors.NothingImported(job.Failed);
        }

        await using var transaction = await session.Db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var (name, columns) in Columns(session.Tables))
        {
            await session.ExecuteAsync($"insert into {name} ({columns}) select {columns} from {session.Prefix}{name}", cancellationToken);
        }

        var channels = await session.QueryAsync(
            $"select distinct channel_id from {session.Prefix}channel_members", reader => reader.GetInt64(0), cancellationToken);
        await BulkChatMembershipSync.SyncAsync(session.Connection, job.ApplicationId, channels, cancellationToken);

        // In the same transaction: nobody may start anew once it is in.
        job.Finish(session.Clock.UtcNow());
        await session.Db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Done.Success;
    }

    private static IEnumerable<(string Name, string Columns)> Columns(BulkTables tables) =>
    [
        (tables.Users.Name, tables.Users.Columns),
        (tables.Channels.Name, tables.Channels.Columns),
        (tables.Threads.Name, tables.Threads.Columns),
        (tables.Members.Name, tables.Members.Columns),
        (tables.Silenced.Name, tables.Silenced.Columns),
        (tables.Messages.Name, tables.Messages.Columns),
        (tables.Versions.Name, tables.Versions.Columns),
        (tables.Keys.Name, tables.Keys.Columns),
        (tables.Events.Name, tables.Events.Columns),
    ];
}
