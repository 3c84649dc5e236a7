using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Platform.Uploads;

/// <summary>
/// One part of a multipart body, read as it arrives and never kept: an upload may be larger than any buffer. A body that breaks off
/// or is no multipart throws <see cref="InvalidUploadException"/>, so that it is told from a disk that fails.
/// </summary>
internal sealed class UploadedPart : Stream
{
    // Bytes. Of a longer one so much is kept that it is still too long.
    private const int MaxFieldBytes = 4 * TextLimits.Properties;
    private const int MaxFields = 10;

    private readonly Dictionary<string, string> _fields = [];
    private readonly MultipartReader _parts;
    private readonly string _name;
    private MultipartSection _section = null!;

    private UploadedPart(MultipartReader parts, string name) => (_parts, _name) = (parts, name);

    /// <summary>The form's fields of text, by name; all of them once the part was read to its end.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>What its sender calls it, without a folder.</summary>
    public string? FileName => Disposition(_section) is { } disposition
        && HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value is { } name
            ? name[(name.LastIndexOfAny(['/', '\\']) + 1)..]
            : null;

    public string? ContentType => _section.ContentType;

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
        var part = new UploadedPart(new MultipartReader(boundary, request.Body), name);
        return await part.FindNextAsync(cancellationToken) ? part : null;
    }

    /// <exception cref="InvalidUploadException">Also when another part of the same name follows.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Guard(() => _section.Body.ReadAsync(buffer, cancellationToken).AsTask());
        return read > 0 || !await FindNextAsync(cancellationToken)
            ? read
            : throw new InvalidUploadException(CommonErrors.Invalid(_name, "must be given once"));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    private async Task<bool> FindNextAsync(CancellationToken cancellationToken)
    {
        while (await Guard(() => _parts.ReadNextSectionAsync(cancellationToken)) is { } section)
        {
            if (Disposition(section) is { } disposition && HeaderUtilities.RemoveQuotes(disposition.Name).Value is { } name)
            {
                if (name == _name)
                {
                    _section = section;
                    return true;
                }

                await ReadFieldAsync(name, section, cancellationToken);
            }
        }

        return false;
    }

    private async Task ReadFieldAsync(string name, MultipartSection section, CancellationToken cancellationToken)
    {
        var text = new byte[MaxFieldBytes];
        var length = await Guard(() => section.Body.ReadAtLeastAsync(text, MaxFieldBytes, throwOnEndOfStream: false, cancellationToken).AsTask());
        if (_fields.Count < MaxFields)
        {
            _fields[name] = Encoding.UTF8.GetString(text, 0, length);
        }
    }

    private static ContentDispositionHeaderValue? Disposition(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) ? disposition : null;

    private static async Task<T> Guard<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new InvalidUploadException(CommonErrors.Invalid("body", "is not a whole multipart form"), malformed);
        }
    }
}

/// <summary>The upload does not have the shape that is wanted; the error says why.</summary>
internal sealed class InvalidUploadException(Error error, Exception? inner = null) : Exception(error.Message, inner)
{
    public Error Error { get; } = error;
}
