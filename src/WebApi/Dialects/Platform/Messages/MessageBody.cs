using ChatPlatform.Application.Common;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>A message to send: TEXT with a body, or FILE with an external file. Without a user it is a system message.</summary>
public sealed record MessageBody
{
    /// <summary>TEXT or FILE.</summary>
    public string? Type { get; init; }

    public string? Body { get; init; }

    public ExternalFileBody? File { get; init; }

    public UserReferenceBody? User { get; init; }

    /// <summary>Messages with the same tag form a group, such as a gallery.</summary>
    public string? GroupTag { get; init; }

    public RawJson? Properties { get; init; }

    internal Result<SendMessage> ToRequest(MessageTarget target) => Type switch
    {
        "TEXT" => Request(target, Body ?? "", null),
        "FILE" when File is not null => Request(target, null, File.ToFile()),
        "FILE" => CommonErrors.Invalid("file", "is required"),
        _ => CommonErrors.Invalid("type", "must be TEXT or FILE"),
    };

    private SendMessage Request(MessageTarget target, string? body, MessageFile? file) =>
        new(target, User?.ToReference(), body, file, GroupTag, Properties?.Text);
}

/// <summary>A file hosted elsewhere.</summary>
public sealed record ExternalFileBody
{
    /// <summary>An absolute http or https address.</summary>
    public string? Url { get; init; }

    public string? Name { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    /// <summary>Missing fields become invalid values, which validation rejects.</summary>
    internal MessageFile ToFile() => new(FileType.External, Url ?? "", Name ?? "", ContentType ?? "", Size ?? -1);
}

public sealed record MessagePatchBody
{
    public Optional<string> Body { get; init; }

    public Optional<RawJson?> Properties { get; init; }

    internal UpdateMessage ToRequest(long id, IReadOnlyCollection<uint>? versions) =>
        new(id, Body, new Optional<string>(Properties.IsSet, Properties.Value?.Text), versions);
}
