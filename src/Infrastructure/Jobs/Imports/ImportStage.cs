using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.ChatConnectors;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Temporary tables that hold the rows of an import: a dry run drops them, an atomic import without errors moves them to the real tables
/// in one transaction. They end with the connection, so an interrupted try starts over.
/// </summary>
internal static class ImportStage
{
    // In foreign key order.
    private static readonly string[] Names =
    [
        "users", "channels", "threads", "channel_members", "channel_blacklist", "messages", "message_versions", "import_keys", "events",
    ];

    public static bool Holds(string table) => Names.Contains(table);

    public static async Task OpenAsync(ImportContext context, CancellationToken cancellationToken)
    {
        await context.Db.Database.OpenConnectionAsync(cancellationToken);
        foreach (var name in Names)
        {
            await context.ExecuteAsync(
                $"create temporary table {context.Prefix}{name} (like {name} including indexes including defaults including identity)",
                cancellationToken);
        }

        await using var transaction = await context.Db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var report in new[] { context.Tables.Errors.Name, context.Tables.DeferredReplies.Name })
        {
            await context.ExecuteAsync(
                $"delete from {report} where application_id = $1 and job_id = $2",
                cancellationToken,
                context.Job.ApplicationId,
                context.Job.Id);
        }

        context.Job.ResetProgress();
        await context.Db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Ends the import: moves all rows or, when an item is invalid, none.</summary>
    public static async Task<Result<Done>> CloseAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        if (context.Arguments.DryRun)
        {
            return Done.Success;
        }

        if (job.Failed > 0)
        {
            return ImportErrors.NothingImported(job.Failed);
        }

        await using var transaction = await context.Db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var (name, columns) in Columns(context.Tables))
        {
            await context.ExecuteAsync($"insert into {name} ({columns}) select {columns} from {context.Prefix}{name}", cancellationToken);
        }

        var channels = await context.QueryAsync(
            $"select distinct channel_id from {context.Prefix}channel_members", reader => reader.GetInt64(0), cancellationToken);
        await BulkChatMembershipSync.SyncAsync(context.Connection, job.ApplicationId, channels, cancellationToken);

        // In the same transaction, so that a committed import never starts over.
        job.Finish(context.Clock.UtcNow());
        await context.Db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Done.Success;
    }

    private static IEnumerable<(string Name, string Columns)> Columns(BulkTables tables) =>
    [
        (tables.Users.Name, tables.Users.Columns),
        (tables.Channels.Name, tables.Channels.Columns),
        (tables.Threads.Name, tables.Threads.Columns),
        (tables.Members.Name, tables.Members.Columns),
        (tables.Blacklist.Name, tables.Blacklist.Columns),
        (tables.Messages.Name, tables.Messages.Columns),
        (tables.Versions.Name, tables.Versions.Columns),
        (tables.Keys.Name, tables.Keys.Columns),
        (tables.Events.Name, tables.Events.Columns),
    ];
}
