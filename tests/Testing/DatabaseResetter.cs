using System.Text;
using Npgsql;

namespace ChatPlatform.Testing;

public sealed class DatabaseResetterOptions
{
    public string Schema { get; init; } = "public";

    /// <summary>Tables that keep what tests leave in them.</summary>
    public IReadOnlyCollection<string> TablesToIgnore { get; init; } = ["migrations_history"];
}

/// <summary>
/// Gives a database back the rows that it had when the resetter was made. Has Respawn's shape and does its job (the package is not on
/// every feed): one DO block, without triggers and foreign keys, a DELETE and an INSERT a table. Sequences go on where they are: the
/// server may still hold ids that it drew from them.
/// </summary>
public sealed class DatabaseResetter
{
    private const string Snapshot = "resetter_snapshot";
    private const int MaxAttempts = 5;

    private readonly string _sql;

    private DatabaseResetter(string sql) => _sql = sql;

    /// <summary>Takes the snapshot that each reset brings back.</summary>
    /// <param name="connection">Open, of a superuser.</param>
    public static async Task<DatabaseResetter> CreateAsync(
        NpgsqlConnection connection, DatabaseResetterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new DatabaseResetterOptions();
        var tables = await TablesAsync(connection, options, cancellationToken);
        var snapshot = new StringBuilder($"DROP SCHEMA IF EXISTS {Snapshot} CASCADE; CREATE SCHEMA {Snapshot};\n");
        var reset = new StringBuilder("DO $$ BEGIN\nSET LOCAL session_replication_role = replica;\n");
        foreach (var (name, columns) in tables)
        {
            var (table, copy) = ($"{options.Schema}.{name}", $"{Snapshot}.{name}");
            snapshot.Append($"CREATE TABLE {copy} AS SELECT {columns} FROM {table};\n");
            reset.Append($"DELETE FROM {table};\nINSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {copy};\n");
        }

        await using var command = new NpgsqlCommand(snapshot.ToString(), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new DatabaseResetter(reset.Append("END $$").ToString());
    }

    /// <param name="connection">Open, to the same database.</param>
    public async Task ResetAsync(NpgsqlConnection connection, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = new NpgsqlCommand(_sql, connection);
                await command.ExecuteNonQueryAsync(cancellationToken);
                return;
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DeadlockDetected && attempt < MaxAttempts)
            {
                // A background worker of a running server held the same rows in another order; it goes on, and so do we.
            }
        }
    }

    private static async Task<List<(string Name, string Columns)>> TablesAsync(
        NpgsqlConnection connection, DatabaseResetterOptions options, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT quote_ident(c.table_name), string_agg(quote_ident(c.column_name), ', ' ORDER BY c.ordinal_position)
            FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = $1 AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND NOT c.table_name = ANY ($2)
            GROUP BY c.table_name
            ORDER BY c.table_name
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new() { Value = options.Schema }, new() { Value = options.TablesToIgnore.ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add((reader.GetString(0), reader.GetString(1)));
        }

        return tables;
    }
}
