using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Common;

/// <summary>Stores uploads and exports. The store generates the names.</summary>
public interface IFileStore
{
    /// <summary>An interrupted save leaves nothing.</summary>
    /// <returns>Or <see cref="FileErrors.TooLarge"/> or <see cref="FileErrors.NoSpace"/>.</returns>
    Task<Result<StoredFile>> SaveAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>A seekable stream; null if there is no such file.</summary>
    Stream? Open(string name);

    /// <summary>No error if there is no such file.</summary>
    void Delete(string name);

    /// <param name="olderThan">UTC; younger files may still be in use.</param>
    void DeleteTemporaryFiles(DateTime olderThan);
}

/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record StoredFile(string Name, long Length, string Sha256);

public static class FileErrors
{
    public static readonly Error NoSpace = new UnavailableError("file.no_space", "There is no space left to store the file.");

    public static readonly Error NotFound = new NotFoundError("file.not_found", "There is no such file.");

    public static Error TooLarge(long maxBytes) => new TooLargeError("file.too_large", $"A file may be at most {maxBytes} bytes long.");

    public static Error TypeRefused(string types) =>
        new UnsupportedTypeError("file.type_refused", $"The file must be of one of these types: {types}.");
}
