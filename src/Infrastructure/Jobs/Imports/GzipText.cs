using System.IO.Compression;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Unpacks gzip and detects truncation, which .NET's stream takes for the end. It appends a small gzip member of white space to the file;
/// its text comes out only if the file's own members are complete.
/// </summary>
internal sealed class GzipText : Stream
{
    private static readonly byte[] Sentinel = " \t\n \n\t\t \n\n \t"u8.ToArray();
    private static readonly byte[] PackedSentinel = Pack(Sentinel);

    private readonly byte[] _last = new byte[Sentinel.Length];
    private readonly GZipStream _unpacked;

    /// <param name="file">Left open.</param>
    public GzipText(Stream file) => _unpacked = new GZipStream(new WithSentinel(file), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The data is damaged or truncated.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _unpacked.ReadAsync(buffer, cancellationToken);
        if (read == 0 && !_last.AsSpan().SequenceEqual(Sentinel))
        {
            throw new InvalidDataException("The gzip data is truncated, or other bytes follow it.");
        }

        KeepTail(buffer.Span[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private void KeepTail(ReadOnlySpan<byte> read)
    {
        var kept = Math.Max(0, _last.Length - read.Length);
        _last.AsSpan(_last.Length - kept).CopyTo(_last);
        read[^(_last.Length - kept)..].CopyTo(_last.AsSpan(kept));
    }

    private static byte[] Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return packed.ToArray();
    }

    /// <summary>The file, followed by the sentinel.</summary>
    private sealed class WithSentinel(Stream file) : MemoryStream(PackedSentinel, writable: false)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await file.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : await base.ReadAsync(buffer, cancellationToken);
    }
}
