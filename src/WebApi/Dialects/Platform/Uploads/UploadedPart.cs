using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Platform.Uploads;

/// <summary>
/// One part of a multipart body, read as a stream and never buffered. Errors of the client throw <see cref="InvalidUploadException"/>, so
/// that callers can tell them from disk errors.
/// </summary>
internal sealed class UploadedPart : Stream
{
    // Bytes. A longer field is cut here, which is still above the limit that validation checks.
    private const int MaxFieldBytes = 4 * TextLimits.Properties;
    private const int MaxFields = 10;

    private readonly Dictionary<string, string> _fields = [];
    private readonly MultipartReader _parts;
    private readonly string _name;
    private MultipartSection _section = null!;

    private UploadedPart(MultipartReader parts, string name) => (_parts, _name) = (parts, name);

    /// <summary>The text fields of the form by name; complete once the part has been read to its end.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>The client's name of the file, without folders.</summary>
    public string? FileName => Disposition(_section) is { } disposition
        && (disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName) is var quoted
        && HeaderUtilities.RemoveQuotes(quoted).Value is { } name
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

    /// <returns>Null if the request is not a multipart form.</returns>
    public static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 200 } boundary
            ? boundary
            : null;

    public static async Task<UploadedPart?> FindAsync(
        HttpRequest request, string boundary, string name, CancellationToken cancellationToken)
    {
        var part = new UploadedPart(new MultipartReader(boundary, request.Body), name);
        return await part.FindNextAsync(cancellationToken) ? part : null;
    }

    /// <exception cref="InvalidUploadException">Also if another part has the same name.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Guard(() => _section.Body.ReadAsync(buffer, cancellationToken).AsTask());
        return read > 0 || !await FindNextAsync(cancellationToken)
            ? read
            : throw new InvalidUploadException(CommonErrors.Invalid(_name, "must be given only once"));
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
        var length = await Guard(() =>
            section.Body.ReadAtLeastAsync(text, MaxFieldBytes, throwOnEndOfStream: false, cancellationToken).AsTask());
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
            throw new InvalidUploadException(CommonErrors.Invalid("body", "is not a complete multipart form"), malformed);
        }
    }
}

internal sealed class InvalidUploadException(Error error, Exception? inner = null) : Exception(error.Message, inner)
{
    public Error Error { get; } = error;
}
