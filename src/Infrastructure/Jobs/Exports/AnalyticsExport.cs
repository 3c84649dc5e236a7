using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Csv;
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
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = RowsAsync(reader, progress, cancellationToken);
        await (arguments.Format is ExportFormat.Csv
            ? CsvTable.WriteAsync(output.AsStream(leaveOpen: true), columns, rows, cancellationToken)
            : JsonRows.WriteAsync(output, columns, rows, cancellationToken));
    }

    private static async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(
        NpgsqlDataReader reader, ExportProgress progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var row = new object?[reader.FieldCount];
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var field = 0; field < row.Length; field++)
            {
                row[field] = reader.IsDBNull(field) ? null : reader.GetValue(field);
            }

            yield return row;
            await progress.CountAsync(cancellationToken);
        }
    }
}
