using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Shared by all steps of one try at an import. A dry run and an atomic import write to temporary tables of the same shape, and look
/// everything up in both.
/// </summary>
/// <param name="globalId">Of the job's application.</param>
internal sealed class ImportContext(
    ChatDbContext db, Job job, Guid globalId, ImportArguments arguments, BulkTables tables, TimeProvider clock)
{
    public ChatDbContext Db => db;

    public Job Job => job;

    public Guid GlobalId => globalId;

    public ImportArguments Arguments => arguments;

    public BulkTables Tables => tables;

    public TimeProvider Clock => clock;

    public ImportIds Ids { get; } = new(tables);

    public NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    /// <summary>Whether items of this job are deferred.</summary>
    public bool HasDeferred { get; set; }

    public bool IsStaged => Prefix.Length > 0;

    /// <summary>
    /// Prefix of the tables that are written. Stages have a new one each time, so that none is taken for another's in a database
    /// session that a pooler reuses.
    /// </summary>
    public string Prefix { get; } = arguments.DryRun || arguments.Atomic ? $"staged_{Guid.NewGuid():n}_" : "";

    /// <summary>SQL that reads a table and its stage.</summary>
    /// <param name="where">An SQL condition; <c>$1</c> is the application by convention.</param>
    public string Select(string columns, string table, string where) => IsStaged && ImportStage.Holds(table)
        ? $"select {columns} from {table} where {where} union all select {columns} from {Prefix}{table} where {where}"
        : $"select {columns} from {table} where {where}";

    /// <summary>Runs on the context's connection and in its transaction.</summary>
    public async Task<List<TRow>> QueryAsync<TRow>(
        string sql, Func<NpgsqlDataReader, TRow> row, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
