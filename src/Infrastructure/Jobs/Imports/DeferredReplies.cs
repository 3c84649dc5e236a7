using System.Text.Json;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Replies that stood before their parents in the file. They are imported after the rest of it, level by level: first those whose
/// parents were imported, then their replies. The parents of those left over do not exist.
/// </summary>
internal static class DeferredReplies
{
    private const string RankByDepth =
        """
        with recursive ready as (
          select w.index, w.idempotency_key, 0 as depth
          from deferred_replies w
          where w.application_id = $1 and w.job_id = $2
            and exists ({0})
          union all
          select w.index, w.idempotency_key, r.depth + 1
          from ready r
          join deferred_replies w on w.application_id = $1 and w.job_id = $2 and w.reply_to = r.idempotency_key
        )
        update deferred_replies w
        set depth = r.depth
        from ready r
        where w.application_id = $1 and w.job_id = $2 and w.index = r.index and w.depth is distinct from r.depth
        """;

    /// <summary>Which of the keys belong to deferred replies.</summary>
    public static Task<List<string>> FindKeysAsync(ImportContext context, string[] keys, CancellationToken cancellationToken) =>
        context.QueryAsync(
            "select idempotency_key from deferred_replies where application_id = $1 and job_id = $2 and idempotency_key = any ($3)",
            row => row.GetString(0),
            cancellationToken,
            context.Job.ApplicationId,
            context.Job.Id,
            keys);

    public static Task<bool> AnyAsync(ImportContext context, CancellationToken cancellationToken) =>
        Of(context).AnyAsync(cancellationToken);

    /// <summary>Imports all of them in batches.</summary>
    public static async Task ImportAsync(
        ImportContext context, ImportRun<MessageItem> run, ImportLimits limits, CancellationToken cancellationToken)
    {
        await context.Db.Database.OpenConnectionAsync(cancellationToken);
        var parent = context.Select("1", "import_keys", "application_id = $1 and type = $3 and key = w.reply_to");
        await context.ExecuteAsync(
            RankByDepth.Replace("{0}", parent, StringComparison.Ordinal),
            cancellationToken,
            context.Job.ApplicationId,
            context.Job.Id,
            (int)JobType.MessageImport);
        while (await NextAsync(context, limits, cancellationToken) is { Count: > 0 } replies)
        {
            var items = replies.Select(reply => ItemOf(reply, run)).ToList();
            var batch = new ImportBatch<MessageItem>(items, Processed: 0, context.Job.BytesRead) { AllowsDeferral = false };
            var indexes = replies.Select(reply => reply.Index).ToArray();
            await run.WriteAsync(batch, () => DeleteAsync(context, indexes, cancellationToken), cancellationToken);
        }
    }

    private static Task<int> DeleteAsync(ImportContext context, long[] indexes, CancellationToken cancellationToken) =>
        context.ExecuteAsync(
            "delete from deferred_replies where application_id = $1 and job_id = $2 and index = any ($3)",
            cancellationToken,
            context.Job.ApplicationId,
            context.Job.Id,
            indexes);

    private static async Task<List<DeferredReply>> NextAsync(
        ImportContext context, ImportLimits limits, CancellationToken cancellationToken)
    {
        var next = new List<DeferredReply>();
        var bytes = 0;
        await foreach (var reply in Of(context)
            .OrderBy(reply => reply.Depth == null).ThenBy(reply => reply.Depth).ThenBy(reply => reply.Index)
            .Take(limits.BatchItems).AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            next.Add(reply);
            bytes += reply.Item.Length;
            if (bytes > limits.BatchBytes)
            {
                break;
            }
        }

        return next;
    }

    private static ImportItem<MessageItem> ItemOf(DeferredReply reply, ImportRun<MessageItem> run)
    {
        using var document = JsonDocument.Parse(reply.Item);
        return run.ItemOf(reply.Index, document.RootElement, reply.Item);
    }

    private static IQueryable<DeferredReply> Of(ImportContext context) =>
        context.Db.Set<DeferredReply>().Where(reply => reply.JobId == context.Job.Id);
}
