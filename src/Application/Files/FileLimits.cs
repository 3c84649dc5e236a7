using System.Net.Http.Headers;

namespace ChatPlatform.Application.Files;

/// <summary>Limits of uploads (configuration section <c>Files</c>). Types are media types or ranges such as <c>image/*</c>.</summary>
public sealed class FileLimits
{
    /// <summary>For files of messages; 100 MB by default.</summary>
    public long MaxBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>For files of messages, separated by commas; all by default.</summary>
    public string Types { get; set; } = "*/*";

    /// <summary>For display pictures; 5 MB by default.</summary>
    public long MaxPictureBytes { get; set; } = 5L * 1024 * 1024;

    /// <summary>For display pictures, separated by commas.</summary>
    public string PictureTypes { get; set; } = "image/png, image/jpeg, image/gif, image/webp";

    internal FileLimit Files => new(MaxBytes, Types);

    internal FileLimit Pictures => new(MaxPictureBytes, PictureTypes);
}

internal sealed record FileLimit(long MaxBytes, string Types)
{
    /// <param name="contentType">A media type; parameters are ignored.</param>
    public bool Allows(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && Types
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(range => range == "*/*" || Covers(range, type.MediaType!));

    private static bool Covers(string range, string type) => range.EndsWith("/*", StringComparison.Ordinal)
        ? type.StartsWith(range[..^1], StringComparison.OrdinalIgnoreCase)
        : type.Equals(range, StringComparison.OrdinalIgnoreCase);
}
