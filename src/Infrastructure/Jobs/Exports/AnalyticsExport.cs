using System.Data;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Application.Statistics;
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
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var days = await ReadDaysAsync(connection, job.ApplicationId, arguments.TimeZone, cancellationToken);
        await using var command = new NpgsqlCommand(
            EmbeddedSql.Get(job.Type is JobType.MessageAnalyticsExport ? "MessageAnalytics" : "UserAnalytics"), connection)
        {
            CommandTimeout = 0,
        };
        command.Parameters.AddWithValue("application", job.ApplicationId);
        command.Parameters.Add(new("from", NpgsqlDbType.TimestampTz) { Value = (object?)arguments.From ?? DBNull.Value });
        command.Parameters.Add(new("to", NpgsqlDbType.TimestampTz) { Value = (object?)arguments.To ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter<DateOnly[]>("days", [.. days.Select(day => day.Date)]));
        command.Parameters.Add(new NpgsqlParameter<DateTime[]>("day_from", [.. days.Select(day => day.Interval.From)]));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = RowsAsync(reader, progress, cancellationToken);
        await (arguments.Format is ExportFormat.Csv
            ? CsvTable.WriteAsync(output.AsStream(leaveOpen: true), columns, rows, cancellationToken)
            : JsonRows.WriteAsync(output, columns, rows, cancellationToken));
    }

    /// <summary>The dates of all messages. <c>AT TIME ZONE</c> would take names such as CET for abbreviations.</summary>
    private static async Task<List<(DateOnly Date, Interval Interval)>> ReadDaysAsync(
        NpgsqlConnection connection, long applicationId, string zone, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT min(created_time), max(created_time) + interval '1 second' FROM messages WHERE application_id = $1", connection)
        {
            Parameters = { new() { Value = applicationId } },
        };
        await using var extent = await command.ExecuteReaderAsync(cancellationToken);
        return !await extent.ReadAsync(cancellationToken) || extent.IsDBNull(0)
            ? []
            : [.. LocalCalendar.Of(zone).Value.Dates(new Interval(extent.GetDateTime(0), extent.GetDateTime(1)))];
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
