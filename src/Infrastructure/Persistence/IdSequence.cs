using Npgsql;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>Reserves ids from a sequence by the rule of EF's HiLo: each value is the first id of a block.</summary>
internal sealed class IdSequence(string name, int block)
{
    private readonly Queue<long> _blocks = new();
    private long _next;
    private long _end;

    public static IdSequence Of<T>(BulkTable<T> table)
        where T : class => new(table.Sequence!.Value.Name, table.Sequence.Value.Block);

    /// <summary>Makes sure that <see cref="Next"/> can be called this many times.</summary>
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
