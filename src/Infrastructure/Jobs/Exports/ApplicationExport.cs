using System.Buffers;
using System.Data;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>
/// Writes users, channels, members and messages in import format: a zip of four gzip files of JSON lines, to import in this order.
/// Imported into an empty application they produce the same state, and export as the same bytes.
/// </summary>
internal sealed class ApplicationExport(NpgsqlDataSource database) : IExport
{
    // Whole tables are joined. Without statistics the planner would choose nested loops over all rows.
    private const string BulkPlanSettings = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'";

    private static readonly string[] Parts = ["Users", "Channels", "Members", "Messages"];

    // A zip entry needs a time; a constant keeps equal exports byte-identical.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool Handles(JobType type) => type is JobType.ApplicationExport;

    public async Task WriteAsync(
        Job job, ExportArguments arguments, PipeWriter output, ExportProgress progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using (var plan = new NpgsqlCommand(BulkPlanSettings, connection))
        {
            await plan.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var zip = await ZipArchive.CreateAsync(
            output.AsStream(leaveOpen: true), ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var part in Parts)
        {
            var entry = zip.CreateEntry($"{part.ToLowerInvariant()}.ndjson.gz", CompressionLevel.NoCompression);
            entry.LastWriteTime = EntryTime;
            await using var stream = await entry.OpenAsync(cancellationToken);
            await using var packed = new GZipStream(stream, CompressionLevel.Fastest);
            await WriteLinesAsync(connection, $"Export{part}", job.ApplicationId, packed, progress, cancellationToken);
        }
    }

    private static async Task WriteLinesAsync(
        NpgsqlConnection connection,
        string statement,
        long applicationId,
        Stream output,
        ExportProgress progress,
        CancellationToken cancellationToken)
    {
        const int flushBytes = 64 * 1024;
        await using var command = new NpgsqlCommand(EmbeddedSql.Get(statement), connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("application", applicationId);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new ArrayBufferWriter<byte>(2 * flushBytes);
        while (await rows.ReadAsync(cancellationToken))
        {
            Encoding.UTF8.GetBytes(rows.GetString(0), lines);
            lines.Write("\n"u8);
            if (lines.WrittenCount > flushBytes)
            {
                await output.WriteAsync(lines.WrittenMemory, cancellationToken);
                lines.ResetWrittenCount();
            }

            await progress.CountAsync(cancellationToken);
        }

        await output.WriteAsync(lines.WrittenMemory, cancellationToken);
    }
}
