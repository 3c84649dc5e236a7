using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// What all steps of one try at an import share. An import that may leave nothing behind (dry run, atomic) writes to temporary
/// tables of the same shape; whatever is looked up is looked up in both.
/// </summary>
internal sealed class ImportContext(ChatDbContext db, Job job, ImportArguments arguments, BulkTables tables, TimeProvider clock)
{
    public ChatDbContext Db => db;

    public Job Job => job;

    public ImportArguments Arguments => arguments;

    public BulkTables Tables => tables;

    public TimeProvider Clock => clock;

    public ImportIds Ids { get; } = new(tables);

    public NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    /// <summary>Whether items of this job are set aside.</summary>
    public bool HasDeferred { get; set; }

    public bool IsStaged => Prefix.Length > 0;

    /// <summary>
    /// Of the names of the tables that are written; of a stage another one each time, so that no stage is ever taken for another's, whatever
    /// session of the database a pooler hands out.
    /// </summary>
    public string Prefix { get; } = arguments.DryRun || arguments.Atomic ? $"staged_{Guid.NewGuid():n}_" : "";

    /// <summary>Rows of a table and of its stage.</summary>
    /// <param name="columns">A list in SQL.</param>
    /// <param name="where">A condition in SQL; <c>$1</c> is the application by habit.</param>
    public string Select(string columns, string table, string where) => IsStaged && ImportStage.Holds(table)
        ? $"select {columns} from {table} where {where} union all select {columns} from {Prefix}{table} where {where}"
        : $"select {columns} from {table} where {where}";

    /// <summary>Reads rows by a command of its own, on the connection and in the transaction of the context.</summary>
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
