using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace ChatPlatform.Infrastructure.Demo;

/// <summary>
/// Writes many new rows with COPY, just as the model maps them. The context is not told about them; what the database fills itself is
/// left to it, and ids of the HiLo kind are drawn before.
/// </summary>
internal sealed class RowCopy(ChatDbContext db)
{
    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    /// <summary>Draws ids for that many rows, ascending.</summary>
    public async Task<IReadOnlyList<long>> DrawIdsAsync<T>(int count, CancellationToken cancellationToken)
    {
        var sequence = db.Model.FindSequence(IdOf<T>().GetHiLoSequenceName()!)!;
        var block = sequence.IncrementBy;
        await using var command = new NpgsqlCommand($"SELECT nextval('{sequence.Name}') FROM generate_series(1, $1)", Connection)
        {
            Parameters = { new() { Value = (count + block - 1) / block } },
        };
        var ids = new List<long>(count + block);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var first = reader.GetInt64(0);
            ids.AddRange(Enumerable.Range(0, block).Select(offset => first + offset));
        }

        return ids;
    }

    public void SetId<T>(T row, long id) => IdOf<T>().PropertyInfo!.SetValue(row, id);

    public async Task WriteAsync<T>(IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var type = TypeOf<T>();
        var columns = type.GetProperties().Where(property => !IsDatabasesOwn(property)).Select(property => new Column(property)).ToList();
        var sql = $"COPY {type.GetTableName()} ({string.Join(", ", columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)";
        await using var import = await Connection.BeginBinaryImportAsync(sql, cancellationToken);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            foreach (var column in columns)
            {
                await column.WriteAsync(import, row!, cancellationToken);
            }
        }

        await import.CompleteAsync(cancellationToken);
    }

    private IEntityType TypeOf<T>() => db.Model.FindEntityType(typeof(T))!;

    private IProperty IdOf<T>() => TypeOf<T>().FindProperty("Id")!;

    private static bool IsDatabasesOwn(IProperty property) => property.GetDefaultValueSql() is not null
        || property.GetValueGenerationStrategy() is NpgsqlValueGenerationStrategy.IdentityByDefaultColumn;

    private sealed class Column(IProperty property)
    {
        private readonly IForeignKey? _reference = property.GetContainingForeignKeys().FirstOrDefault(key =>
            key.DependentToPrincipal is not null && key.Properties[^1] == property);

        private readonly string _type = property.GetRelationalTypeMapping().StoreTypeNameBase;

        private readonly ValueConverter? _converter = property.GetTypeMapping().Converter;

        public string Name { get; } = property.GetColumnName();

        public Task WriteAsync(NpgsqlBinaryImporter import, object row, CancellationToken cancellationToken)
        {
            var value = _converter is null ? Read(row) : _converter.ConvertToProvider(Read(row));
            return value is null ? import.WriteNullAsync(cancellationToken) : import.WriteAsync(value, _type, cancellationToken);
        }

        /// <summary>A row that was never tracked may know the one it refers to without having its id yet.</summary>
        private object? Read(object row) => _reference?.DependentToPrincipal!.PropertyInfo!.GetValue(row) is { } other
            ? _reference.PrincipalKey.Properties[^1].PropertyInfo!.GetValue(other)
            : property.PropertyInfo!.GetValue(row);
    }
}
