using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Files;

/// <summary>An uploaded file, public to anyone who knows its URL. It belongs to one message or, as a picture, to one user.</summary>
public sealed class HostedFile : ITenantOwned
{
    public const string PathPrefix = "/files/";

    private HostedFile() { }

    public long ApplicationId { get; private set; }

    /// <summary><see cref="PathPrefix"/> and an unguessable code, relative to the server's public address.</summary>
    public string Path { get; private set; } = null!;

    public string StoreName { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    /// <summary>Media type as given by the sender.</summary>
    public string ContentType { get; private set; } = null!;

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string Sha256 { get; private set; } = null!;

    public DateTime CreatedTime { get; private set; }

    /// <summary>The file is removed after this time (UTC); null while in use.</summary>
    public DateTime? ReleasedTime { get; private set; }

    /// <summary>Unless claimed, the file is removed after <paramref name="releasedTime"/>.</summary>
    public static HostedFile Create(
        long applicationId,
        string path,
        FileDescription file,
        string storeName,
        string sha256,
        DateTime now,
        DateTime releasedTime) => new()
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

    public void Claim() => ReleasedTime = null;

    public void Release(DateTime now) => ReleasedTime ??= now;
}

/// <param name="Size">Bytes.</param>
public sealed record FileDescription(string Name, string ContentType, long Size);
