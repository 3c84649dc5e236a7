using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Files;

/// <summary>
/// A file that was uploaded and is served from here, to whoever knows its address. It belongs to one message or to one user as their
/// picture; once that is gone it is released, and taken away.
/// </summary>
public sealed class HostedFile : ITenantOwned
{
    /// <summary>What the address of a hosted file begins with, below that of the server.</summary>
    public const string PathPrefix = "/files/";

    private HostedFile() { }

    public long ApplicationId { get; private set; }

    /// <summary>Its address below that of the server: <see cref="PathPrefix"/> and a code that nobody can guess.</summary>
    public string Path { get; private set; } = null!;

    /// <summary>What the file store calls it.</summary>
    public string StoreName { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    /// <summary>A media type, as its sender had it.</summary>
    public string ContentType { get; private set; } = null!;

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Of its content, lower-case hexadecimal.</summary>
    public string Sha256 { get; private set; } = null!;

    public DateTime CreatedTime { get; private set; }

    /// <summary>From then on nobody needs it (UTC); null while somebody does.</summary>
    public DateTime? ReleasedTime { get; private set; }

    /// <summary>Nobody's file yet: unless it is kept, it is given up at <paramref name="releasedTime"/>.</summary>
    public static HostedFile Create(
        long applicationId, string path, FileDescription file, string storeName, string sha256, DateTime now, DateTime releasedTime) => new()
        {
            ApplicationId = applicationId,
            Path = path,
            StoreName = storeName,
            Name = file.Name,
            ContentType = file.ContentType,
            Size = file.Size,
            Sha256 = sha256,
            CreatedTime = now,
            ReleasedTime = releasedTime,
        };

    /// <summary>Somebody's from now on.</summary>
    public void Claim() => ReleasedTime = null;

    public void Release(DateTime now) => ReleasedTime ??= now;
}

/// <param name="Size">Bytes.</param>
public sealed record FileDescription(string Name, string ContentType, long Size);
