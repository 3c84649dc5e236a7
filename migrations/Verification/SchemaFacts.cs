using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace ChatPlatform.Migrations.Verification;

/// <summary>Describes a schema as a set of facts, to compare the model with a database.</summary>
internal static class SchemaFacts
{
    /// <summary>A system column, which the catalogs do not list.</summary>
    private const string RowVersion = "xmin";

    /// <summary>Tables that the model does not know are ignored.</summary>
    private const string CatalogSql =
        """
        WITH known AS (SELECT c.oid, c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1))
        SELECT format('column %s.%s %s%s', k.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                      CASE WHEN a.attnotnull THEN ' not null' ELSE '' END)
        FROM known k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT format('%s %s on %s (%s)',
                      CASE WHEN i.indisprimary THEN 'primary key' WHEN i.indisunique THEN 'unique index' ELSE 'index' END,
                      x.relname, k.relname,
                      (SELECT string_agg(a.attname, ', ' ORDER BY c.ordinal)
                       FROM unnest(i.indkey::int[]) WITH ORDINALITY c(number, ordinal)
                       JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum = c.number
                       WHERE c.ordinal <= i.indnkeyatts))
        FROM known k JOIN pg_index i ON i.indrelid = k.oid AND i.indisvalid JOIN pg_class x ON x.oid = i.indexrelid
        UNION ALL
        SELECT format('foreign key %s on %s to %s', f.conname, k.relname, t.relname)
        FROM known k
        JOIN pg_constraint f ON f.conrelid = k.oid AND f.contype = 'f' AND f.convalidated
        JOIN pg_class t ON t.oid = f.confrelid
        UNION ALL
        SELECT format('sequence %s by %s', sequencename, increment_by) FROM pg_sequences WHERE schemaname = 'public'
        """;

    public static HashSet<string> OfModel(DbContext context)
    {
        var model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var facts = new HashSet<string>();
        foreach (var table in model.Tables)
        {
            facts.UnionWith(table.Columns.Where(column => column.Name != RowVersion).Select(column =>
                $"column {table.Name}.{column.Name} {column.StoreType}{(column.IsNullable ? "" : " not null")}"));
            facts.UnionWith(table.Indexes.Select(index =>
                $"{(index.IsUnique ? "unique index" : "index")} {index.Name} on {table.Name} ({Names(index.Columns)})"));
            facts.UnionWith(table.UniqueConstraints.Select(key =>
                $"{(key.GetIsPrimaryKey() ? "primary key" : "unique index")} {key.Name} on {table.Name} ({Names(key.Columns)})"));
            facts.UnionWith(table.ForeignKeyConstraints.Select(key =>
                $"foreign key {key.Name} on {table.Name} to {key.PrincipalTable.Name}"));
        }

        facts.UnionWith(model.Sequences.Select(sequence => $"sequence {sequence.Name} by {sequence.IncrementBy}"));
        return facts;
    }

    public static async Task<HashSet<string>> OfDatabaseAsync(
        DbContext context, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var tables = context.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.Select(table => table.Name).ToArray();
        await using var command = source.CreateCommand(CatalogSql);
        command.Parameters.Add(new() { Value = tables });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var facts = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            facts.Add(reader.GetString(0));
        }

        return facts;
    }

    private static string Names(IEnumerable<IColumnBase> columns) => string.Join(", ", columns.Select(column => column.Name));
}
