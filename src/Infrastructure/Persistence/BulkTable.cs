using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>
/// Writes entities by binary COPY, as the model maps them. The database sets identities and defaults; ids of a sequence must be set
/// before. A foreign key is read from the referenced entity if there is one.
/// </summary>
internal sealed class BulkTable<T>
    where T : class
{
    /// <summary>A batch on a busy machine can exceed the command timeout; cancellation still works at once.</summary>
    private static readonly TimeSpan CopyTimeout = TimeSpan.FromMinutes(10);

    private readonly List<Func<NpgsqlBinaryImporter, T, CancellationToken, Task>> _writers = [];
    private readonly List<string> _columns = [];

    public BulkTable(IModel model)
    {
        var type = model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not in the model.");
        Name = type.GetTableName()!;
        foreach (var property in type.GetProperties())
        {
            if (!IsDatabaseGenerated(property))
            {
                _columns.Add(property.GetColumnName());
                _writers.Add(WriterOf(property));
            }

            if (property.GetHiLoSequenceName() is { } sequence)
            {
                Sequence = (sequence, model.FindSequence(sequence)!.IncrementBy);
                SetId = property.PropertyInfo!.SetMethod!.CreateDelegate<Action<T, long>>();
            }
        }
    }

    public string Name { get; }

    /// <summary>The sequence of the ids, and the number of ids per value; null if the ids have no sequence.</summary>
    public (string Name, int Block)? Sequence { get; }

    public Action<T, long>? SetId { get; }

    /// <summary>The written columns, as a list in SQL.</summary>
    public string Columns => string.Join(", ", _columns);

    /// <param name="table">A table of the same shape as <see cref="Name"/>.</param>
    public async Task CopyAsync(NpgsqlConnection connection, string table, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var copy = $"copy {table} ({Columns}) from stdin (format binary)";
        await using var importer = await connection.BeginBinaryImportAsync(copy, cancellationToken);
        importer.Timeout = CopyTimeout;
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            foreach (var write in _writers)
            {
                await write(importer, row, cancellationToken);
            }
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static bool IsDatabaseGenerated(IProperty property) => property.IsShadowProperty()
        || property.ValueGenerated is ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdate
        || property.GetDefaultValueSql() is not null
        || property.GetValueGenerationStrategy() is NpgsqlValueGenerationStrategy.IdentityByDefaultColumn;

    private static Func<NpgsqlBinaryImporter, T, CancellationToken, Task> WriterOf(IProperty property)
    {
        var row = Expression.Parameter(typeof(T));
        var value = ValueOf(property, row);
        if (property.GetTypeMapping().Converter is { } converter)
        {
            // Compiled separately: a nested lambda would create a delegate with a finalizer on each call.
            value = Converted(value, Expression.Constant(converter.ConvertToProviderExpression.Compile()));
        }

        var type = property.GetColumnType().Split('(')[0];
        var underlying = Nullable.GetUnderlyingType(value.Type);
        var factory = typeof(BulkTable<T>).GetMethod(
            underlying is null ? nameof(Plain) : nameof(Optional), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (Func<NpgsqlBinaryImporter, T, CancellationToken, Task>)factory
            .MakeGenericMethod(underlying ?? value.Type)
            .Invoke(null, [Expression.Lambda(value, row).Compile(), type])!;
    }

    private static Expression ValueOf(IProperty property, ParameterExpression row)
    {
        Expression value = Expression.Property(row, property.PropertyInfo!);
        foreach (var key in property.GetContainingForeignKeys().Where(key => key.Properties[^1] == property))
        {
            if (key.DependentToPrincipal?.PropertyInfo is { } navigation)
            {
                var principal = Expression.Property(row, navigation);
                var id = Expression.Property(principal, key.PrincipalKey.Properties[^1].PropertyInfo!);
                value = Expression.Condition(
                    Expression.NotEqual(principal, Expression.Constant(null)), Expression.Convert(id, value.Type), value);
            }
        }

        return value;
    }

    private static Expression Converted(Expression value, ConstantExpression convert)
    {
        var underlying = Nullable.GetUnderlyingType(value.Type);
        if (underlying is null && value.Type.IsValueType)
        {
            return Expression.Invoke(convert, value);
        }

        var provided = Expression.Invoke(convert, underlying is null ? value : Expression.Property(value, "Value"));
        var optional = provided.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(provided.Type) : provided.Type;
        return Expression.Condition(
            Expression.NotEqual(value, Expression.Constant(null, value.Type)),
            Expression.Convert(provided, optional),
            Expression.Constant(null, optional));
    }

    private static Func<NpgsqlBinaryImporter, T, CancellationToken, Task> Plain<TValue>(Func<T, TValue> get, string type) =>
        (importer, row, cancellationToken) => get(row) is { } value
            ? importer.WriteAsync(value, type, cancellationToken)
            : importer.WriteNullAsync(cancellationToken);

    private static Func<NpgsqlBinaryImporter, T, CancellationToken, Task> Optional<TValue>(Func<T, TValue?> get, string type)
        where TValue : struct =>
        (importer, row, cancellationToken) => get(row) is { } value
            ? importer.WriteAsync(value, type, cancellationToken)
            : importer.WriteNullAsync(cancellationToken);
}
