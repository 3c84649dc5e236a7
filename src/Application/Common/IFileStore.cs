using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Common;

/// <summary>Keeps uploads and produced files. Names are the store's own and mean nothing else.</summary>
public interface IFileStore
{
    /// <summary>Keeps a stream, whole or not at all: nothing stays of one that breaks off.</summary>
    /// <param name="maxBytes">One byte more is <see cref="FileErrors.TooLarge"/>.</param>
    /// <returns>Or <see cref="FileErrors.NoSpace"/>.</returns>
    Task<Result<StoredFile>> SaveAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>For reading at any place; null when there is no such file.</summary>
    Stream? Open(string name);

    /// <summary>Deleting what is not there is no error.</summary>
    void Delete(string name);

    /// <summary>Removes what saves left behind that were cut off by the end of their process.</summary>
    /// <param name="olderThan">UTC; younger ones may still be at work.</param>
    void DeleteTemporaryFiles(DateTime olderThan);
}

/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record StoredFile(string Name, long Length, string Sha256);

public static class FileErrors
{
    public static readonly Error NoSpace = new UnavailableError("file.no_space", "There is no space left to keep the file.");

    public static readonly Error NotFound = new NotFoundError("file.not_found", "There is no such file.");

    public static Error TooLarge(long maxBytes) => new TooLargeError("file.too_large", $"A file may be at most {maxBytes} bytes long.");

    public static Error TypeRefused(string types) =>
        new UnsupportedTypeError("file.type_refused", $"The file must be of one of these types: {types}.");
}
