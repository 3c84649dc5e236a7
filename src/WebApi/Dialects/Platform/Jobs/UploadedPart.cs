using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>
/// One part of a multipart body, read as it arrives and never kept: an upload may be larger than any buffer. A body that breaks off
/// or is no multipart throws <see cref="MalformedUploadException"/>, so that it is told from a disk that fails.
/// </summary>
internal sealed class UploadedPart(Stream content, MultipartReader parts, string name) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <returns>Null when the request is no multipart form.</returns>
    public static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 200 } boundary
            ? boundary
            : null;

    /// <returns>Null when there is no part of this name.</returns>
    public static async Task<UploadedPart?> FindAsync(
        HttpRequest request, string boundary, string name, CancellationToken cancellationToken)
    {
        var parts = new MultipartReader(boundary, request.Body);
        return await NextAsync(parts, name, cancellationToken) is { } part ? new UploadedPart(part.Body, parts, name) : null;
    }

    /// <exception cref="RepeatedPartException">Another part of the same name follows.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Guard(() => content.ReadAsync(buffer, cancellationToken).AsTask());
        return read > 0 || await NextAsync(parts, name, cancellationToken) is null ? read : throw new RepeatedPartException();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    private static async Task<MultipartSection?> NextAsync(MultipartReader parts, string name, CancellationToken cancellationToken)
    {
        while (await Guard(() => parts.ReadNextSectionAsync(cancellationToken)) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                && HeaderUtilities.RemoveQuotes(disposition.Name) == name)
            {
                return section;
            }
        }

        return null;
    }

    private static async Task<T> Guard<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new MalformedUploadException(malformed);
        }
    }
}

internal sealed class RepeatedPartException() : Exception("The part is there more than once.");

internal sealed class MalformedUploadException(Exception inner) : Exception("The upload is not a whole multipart form.", inner);
