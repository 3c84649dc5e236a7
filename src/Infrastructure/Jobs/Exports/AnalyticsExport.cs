using System.IO.Pipelines;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>Counts by channel or user, recounted from the messages themselves.</summary>
internal sealed class AnalyticsExport(NpgsqlDataSource database) : IExport
{
    public bool Handles(JobType type) => type is JobType.MessageAnalyticsExport or JobType.UserAnalyticsExport;

    public async Task WriteAsync(
        Job job, ExportArguments arguments, PipeWriter output, ExportProgress progress, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            EmbeddedSql.Get(job.Type is JobType.MessageAnalyticsExport ? "MessageAnalytics" : "UserAnalytics"));
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("application", job.ApplicationId);
        command.Parameters.Add(new("from", NpgsqlDbType.TimestampTz) { Value = (object?)arguments.From ?? DBNull.Value });
        command.Parameters.Add(new("to", NpgsqlDbType.TimestampTz) { Value = (object?)arguments.To ?? DBNull.Value });
        command.Parameters.AddWithValue("zone", arguments.TimeZone);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var writer = IRowWriter.Of(arguments.Format);
        writer.WriteHeader(rows, output);
        while (await rows.ReadAsync(cancellationToken))
        {
            writer.WriteRow(rows, output);
            await output.FlushIfFullAsync(cancellationToken);
            await progress.CountAsync(cancellationToken);
        }
    }
}

internal static class PipeFlushing
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>Flushes once there is enough, and waits for a slow reader.</summary>
    public static async ValueTask FlushIfFullAsync(this PipeWriter output, CancellationToken cancellationToken)
    {
        if (output.UnflushedBytes >= FlushBytes && (await output.FlushAsync(cancellationToken)).IsCompleted)
        {
            throw new IOException("The file store stopped reading the export.");
        }
    }
}
