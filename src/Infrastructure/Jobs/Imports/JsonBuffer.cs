using System.Buffers;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A window on a JSON stream that finds the ends of values and lines without parsing their contents.</summary>
internal sealed class JsonBuffer(Stream text, int maxItemBytes) : IDisposable
{
    private const int StartBytes = 256 * 1024;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(",]} \t\r\n"u8);
    private static readonly SearchValues<byte> StringMarks = SearchValues.Create("\"\\"u8);

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(StartBytes);
    private int _start;
    private int _end;
    private long _dropped;
    private (int Start, int Length) _item;

    // State of the search for the end of a value or line; _scanned counts from _start.
    private int _scanned;
    private int _depth;
    private bool _inString;
    private bool _escaped;

    public int MaxItemBytes => maxItemBytes;

    /// <summary>Bytes consumed so far.</summary>
    public long Offset => _dropped + _start;

    /// <summary>The current value or line, valid until the next read; empty when it was too large.</summary>
    public ReadOnlyMemory<byte> Item => _bytes.AsMemory(_item.Start, _item.Length);

    public bool IsOversized { get; private set; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    /// <summary>The next byte that is not white space; null at the end.</summary>
    public async ValueTask<byte?> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var skipped = _bytes.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \t\r\n"u8);
            if (skipped >= 0)
            {
                _start += skipped;
                return _bytes[_start];
            }

            _start = _end;
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    /// <summary>Skips the byte that was peeked.</summary>
    public void Advance() => _start++;

    public async ValueTask SkipByteOrderMarkAsync(CancellationToken cancellationToken)
    {
        while (_end - _start < 3 && await FillAsync(cancellationToken))
        {
        }

        if (_bytes.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
        {
            _start += 3;
        }
    }

    /// <summary>Reads the value that starts here.</summary>
    /// <returns>False if the text ends inside it.</returns>
    public ValueTask<bool> ReadValueAsync(CancellationToken cancellationToken)
    {
        (_depth, _inString, _escaped) = (0, false, false);
        var isScalar = _bytes[_start] is not ((byte)'{' or (byte)'[' or (byte)'"');
        return ReadItemAsync(isScalar ? FindEndOfScalar : FindEndOfValue, mayEnd: false, cancellationToken);
    }

    /// <summary>Reads up to and including the end of the line.</summary>
    public ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken) =>
        ReadItemAsync(FindEndOfLine, mayEnd: true, cancellationToken);

    private async ValueTask<bool> ReadItemAsync(Func<bool> findEnd, bool mayEnd, CancellationToken cancellationToken)
    {
        (_scanned, IsOversized) = (0, false);
        while (!findEnd())
        {
            // Oversized items are skipped without being kept.
            if (_scanned > maxItemBytes || IsOversized)
            {
                IsOversized = true;
                _start += _scanned;
                _scanned = 0;
            }

            if (!await FillAsync(cancellationToken))
            {
                if (!mayEnd)
                {
                    return false;
                }

                break;
            }
        }

        IsOversized |= _scanned > maxItemBytes;
        _item = (_start, IsOversized ? 0 : _scanned);
        _start += _scanned;
        return true;
    }

    private bool FindEndOfLine()
    {
        var found = Unscanned().IndexOf((byte)'\n');
        _scanned = found < 0 ? _end - _start : _scanned + found + 1;
        return found >= 0;
    }

    private bool FindEndOfScalar()
    {
        var found = Unscanned().IndexOfAny(ScalarEnds);
        _scanned = found < 0 ? _end - _start : _scanned + found;
        return found >= 0;
    }

    private bool FindEndOfValue()
    {
        var rest = Unscanned();
        while (!rest.IsEmpty)
        {
            if (_escaped)
            {
                _escaped = false;
                Move(ref rest, 1);
                continue;
            }

            var found = rest.IndexOfAny(_inString ? StringMarks : Structure);
            if (found < 0)
            {
                break;
            }

            var mark = rest[found];
            Move(ref rest, found + 1);
            if (mark == '\\')
            {
                _escaped = true;
                continue;
            }

            if (mark == '"')
            {
                _inString = !_inString;
            }
            else
            {
                _depth += mark is (byte)'{' or (byte)'[' ? 1 : -1;
            }

            if (_depth <= 0 && !_inString)
            {
                return true;
            }
        }

        _scanned = _end - _start;
        return false;
    }

    private void Move(ref ReadOnlySpan<byte> rest, int by)
    {
        rest = rest[by..];
        _scanned += by;
    }

    private ReadOnlySpan<byte> Unscanned() => _bytes.AsSpan(_start + _scanned, _end - _start - _scanned);

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_bytes, _start, _bytes, 0, _end - _start);
            _dropped += _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
            Buffer.BlockCopy(_bytes, 0, larger, 0, _end);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var read = await text.ReadAsync(_bytes.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }
}
