using System.Text.Json;
using System.Text.Unicode;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Reads the items of a JSON array or of JSON lines one by one, from a plain or gzip file, in memory bounded by the largest item. An
/// invalid line is an invalid item, and so is invalid JSON in an array whose quotes and brackets are in pairs. Otherwise the start of the
/// next item is unknown, and the reading ends.
/// </summary>
internal sealed class JsonItemReader : IAsyncDisposable
{
    private readonly Stream _file;
    private readonly Stream _text;
    private readonly JsonBuffer _buffer;
    private JsonDocument? _document;
    private Layout _layout;
    private bool _ended;

    private JsonItemReader(Stream file, Stream text, int maxItemBytes) =>
        (_file, _text, _buffer) = (file, text, new JsonBuffer(text, maxItemBytes));

    private enum Layout
    {
        Unknown,
        Array,
        Lines,
    }

    /// <summary>Position of the current item, from 0; -1 before the first.</summary>
    public long Index { get; private set; } = -1;

    /// <summary>The current item, valid until the next read; undefined when <see cref="Problem"/> is set.</summary>
    public JsonElement Item => _document?.RootElement ?? default;

    /// <summary>The current item's text in the file, valid until the next read.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Why the current item cannot be read, for users.</summary>
    public string? Problem { get; private set; }

    /// <summary>Why reading stopped early, for users; null if the file was valid.</summary>
    public string? Failure { get; private set; }

    /// <summary>Bytes of the file as stored, compressed or not.</summary>
    public long BytesRead => _file.Position;

    /// <param name="file">Seekable and at its start; disposed with the reader.</param>
    public static async Task<JsonItemReader> OpenAsync(Stream file, int maxItemBytes, CancellationToken cancellationToken)
    {
        var magic = new byte[2];
        var read = await file.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        var isGzip = read == 2 && magic is [0x1F, 0x8B];
        return new JsonItemReader(file, isGzip ? new GzipText(file) : file, maxItemBytes);
    }

    /// <returns>False at the end of the file and after a <see cref="Failure"/>.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await MoveAsync(cancellationToken))
        {
            return false;
        }

        Parse();
        return Failure is null;
    }

    /// <summary>Skips items that were processed before, without parsing them.</summary>
    public async ValueTask SkipAsync(long items, CancellationToken cancellationToken)
    {
        for (var i = 0L; i < items && await MoveAsync(cancellationToken); i++)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _document?.Dispose();
        _buffer.Dispose();
        await _text.DisposeAsync();
        await _file.DisposeAsync();
    }

    private async ValueTask<bool> MoveAsync(CancellationToken cancellationToken)
    {
        _document?.Dispose();
        _document = null;
        (Problem, Bytes) = (null, default);
        if (_ended)
        {
            return false;
        }

        try
        {
            var moved = await FrameAsync(cancellationToken);
            Index += moved ? 1 : 0;
            _ended = !moved;
            return moved;
        }
        catch (InvalidDataException)
        {
            return Fail("The gzip data is damaged or truncated");
        }
    }

    private async ValueTask<bool> FrameAsync(CancellationToken cancellationToken)
    {
        if (_layout is Layout.Unknown && !await StartAsync(cancellationToken))
        {
            return false;
        }

        var found = await (_layout is Layout.Array ? NextInArrayAsync(cancellationToken) : NextLineAsync(cancellationToken));
        Bytes = found ? _buffer.Item : default;
        return found;
    }

    private async ValueTask<bool> StartAsync(CancellationToken cancellationToken)
    {
        await _buffer.SkipByteOrderMarkAsync(cancellationToken);
        switch (await _buffer.PeekAsync(cancellationToken))
        {
            case null:
                return Fail("The file is empty");
            case (byte)'[':
                _buffer.Advance();
                _layout = Layout.Array;
                return true;
            case (byte)'{':
                _layout = Layout.Lines;
                return true;
            default:
                return Fail("The file is neither a JSON array nor lines of JSON objects");
        }
    }

    private async ValueTask<bool> NextInArrayAsync(CancellationToken cancellationToken)
    {
        var next = await _buffer.PeekAsync(cancellationToken);
        if (next == ']')
        {
            _buffer.Advance();
            return await _buffer.PeekAsync(cancellationToken) is not null && Fail("There is content after the end of the array");
        }

        if (Index >= 0)
        {
            if (next is null)
            {
                return Fail("The file ends inside the array");
            }

            if (next != ',')
            {
                return Fail("Expected a comma or the end of the array");
            }

            _buffer.Advance();
            next = await _buffer.PeekAsync(cancellationToken);
        }

        return next switch
        {
            null => Fail("The file ends inside the array"),
            (byte)',' or (byte)']' or (byte)'}' => Fail("An array item is missing"),
            _ => await _buffer.ReadValueAsync(cancellationToken) || Fail("The file ends inside an item"),
        };
    }

    private async ValueTask<bool> NextLineAsync(CancellationToken cancellationToken) =>
        await _buffer.PeekAsync(cancellationToken) is not null && await _buffer.ReadLineAsync(cancellationToken);

    private void Parse()
    {
        if (_buffer.IsOversized)
        {
            Problem = $"is larger than {_buffer.MaxItemBytes} bytes";
            return;
        }

        if (!Utf8.IsValid(Bytes.Span))
        {
            Problem = "is not valid UTF-8";
            return;
        }

        try
        {
            _document = JsonDocument.Parse(Bytes);
        }
        catch (JsonException malformed)
        {
            var reason = $"is not valid JSON: {malformed.Message.Split(" LineNumber")[0]}";
            Problem = reason;

            // An invalid first line means that the file is not JSON lines at all.
            if (_layout is Layout.Array ? !JsonFrame.IsSound(Bytes.Span) : Index == 0)
            {
                Fail($"Item {Index} {reason.TrimEnd('.')}");
            }
        }
    }

    private bool Fail(string reason)
    {
        Failure = $"{reason} (byte {_buffer.Offset} of the {(_text == _file ? "" : "unpacked ")}file).";
        _ended = true;
        return false;
    }
}
