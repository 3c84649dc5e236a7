using System.Text.Json;
using System.Threading.Channels;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Imports a file in batches and reads the next batch while one is written. Rows, keys, events, errors and the job's progress of a
/// batch are one transaction, so the next try continues where this one stopped.
/// </summary>
internal sealed class ImportRun<T>(IItemImporter<T> importer, ImportContext context, ImportLimits limits)
    where T : class
{
    private const int Tries = 3;
    private const string DifferentContent = "was skipped: this idempotency key was imported before with different content";

    private Job Job => context.Job;

    /// <returns>Why the file could not be read to the end; null if it was.</returns>
    public async Task<string?> RunAsync(JsonItemReader reader, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<ImportBatch<T>>(1);
        var reading = ReadAsync(reader, batches.Writer, stop.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                await WriteAsync(batch, null, cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading;
        return reader.Failure;
    }

    /// <param name="afterWrite">Runs in the same transaction.</param>
    public async Task WriteAsync(ImportBatch<T> batch, Func<Task>? afterWrite, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryWriteAsync(batch, afterWrite, cancellationToken);
                return;
            }
            catch (PostgresException race) when (attempt < Tries && IsRace(race.SqlState))
            {
                // A concurrent request created or deleted a row of the batch or one it refers to; the retry sees it.
                batch.Reset();
            }
        }
    }

    /// <param name="text">The item's text in the file.</param>
    public ImportItem<T> ItemOf(long index, JsonElement element, ReadOnlyMemory<byte> text)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return new(index, null, null, "must be a JSON object");
        }

        var fields = new ItemFields(element, context.Clock.UtcNow());
        var key = fields.Text(ItemField.IdempotencyKey, TextLimits.IdempotencyKey);
        var value = importer.Read(fields);
        return fields.Problem is { } problem
            ? new(index, key, null, problem)
            : new(index, key, value, null) { Content = key is null ? 0 : ContentHash.Of(text.Span) };
    }

    private async Task ReadAsync(JsonItemReader reader, ChannelWriter<ImportBatch<T>> batches, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Yield();
            await reader.SkipAsync(Job.Processed, cancellationToken);
            while (await NextBatchAsync(reader, cancellationToken) is { } batch)
            {
                await batches.WriteAsync(batch, cancellationToken);
            }

            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception);
            throw;
        }
    }

    private async Task<ImportBatch<T>?> NextBatchAsync(JsonItemReader reader, CancellationToken cancellationToken)
    {
        var items = new List<ImportItem<T>>(limits.BatchItems);
        var bytes = 0;
        while (items.Count < limits.BatchItems && bytes < limits.BatchBytes && await reader.ReadAsync(cancellationToken))
        {
            bytes += reader.Bytes.Length;
            var item = reader.Problem is null
                ? ItemOf(reader.Index, reader.Item, reader.Bytes)
                : new(reader.Index, null, null, reader.Problem);
            items.Add(item.Value is not null && importer.CanBeDeferred(item.Value) ? item with { Text = reader.Bytes.ToArray() } : item);
        }

        return items.Count == 0 ? null : new ImportBatch<T>(items, items.Count, reader.BytesRead);
    }

    private async Task TryWriteAsync(ImportBatch<T> batch, Func<Task>? afterWrite, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var invalid in batch.Items.Where(item => item.Problem is not null))
        {
            batch.Fail(invalid, invalid.Problem!);
        }

        var rows = new BatchRows(Job.ApplicationId, Job.Type, context.Ids);
        await importer.ImportAsync(context, batch, rows, cancellationToken);
        await rows.WriteAsync(context.Connection, context.Tables, context.Prefix, cancellationToken);
        await WriteReportAsync(batch, cancellationToken);
        if (afterWrite is not null)
        {
            await afterWrite();
        }

        Job.Advance(batch.Processed, batch.Succeeded, batch.Skipped, batch.Failed.Count, batch.BytesRead);
        await context.Db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.HasDeferred |= batch.Deferred.Count > 0;
    }

    private async Task WriteReportAsync(ImportBatch<T> batch, CancellationToken cancellationToken)
    {
        var errors = batch.Failed.Select(failed => JobItemError.Create(Job, failed.Item.Index, failed.Item.Key, failed.Reason))
            .Concat(batch.Changed.Select(changed => JobItemError.Create(Job, changed.Index, changed.Key, DifferentContent))).ToList();
        await context.Tables.Errors.CopyAsync(context.Connection, context.Tables.Errors.Name, errors, cancellationToken);
        var deferred = batch.Deferred
            .Select(reply => DeferredReply.Create(Job, reply.Item.Index, reply.Item.Key, reply.ReplyTo, reply.Item.Text!)).ToList();
        var table = context.Tables.DeferredReplies;
        await table.CopyAsync(context.Connection, table.Name, deferred, cancellationToken);
    }

    private static bool IsRace(string state) => state is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation
        or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
