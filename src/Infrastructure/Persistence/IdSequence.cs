using Npgsql;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>
/// Ids drawn ahead from a sequence, by the same rule as EF's HiLo: a number drawn is the first of a block that nobody else gets.
/// </summary>
internal sealed class IdSequence(string name, int block)
{
    private readonly Queue<long> _blocks = new();
    private long _next;
    private long _end;

    /// <summary>The sequence of a table's ids.</summary>
    public static IdSequence Of<T>(BulkTable<T> table)
        where T : class => new(table.Sequence!.Value.Name, table.Sequence.Value.Block);

    /// <summary>Sees to it that this many ids can be taken.</summary>
    public async Task ReserveAsync(NpgsqlConnection connection, long count, CancellationToken cancellationToken)
    {
        var missing = count - (_end - _next) - ((long)_blocks.Count * block);
        if (missing <= 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand("select nextval($1::regclass) from generate_series(1, $2)", connection)
        {
            Parameters = { new() { Value = name }, new() { Value = (missing + block - 1) / block } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _blocks.Enqueue(reader.GetInt64(0));
        }
    }

    public long Next()
    {
        if (_next == _end)
        {
            _next = _blocks.Dequeue();
            _end = _next + block;
        }

        return _next++;
    }
}
