using ChatPlatform.Application.Common;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>A message to send: TEXT with a body, or FILE with a file that lies elsewhere. Without a user the system says it.</summary>
public sealed record MessageBody
{
    /// <summary>TEXT or FILE.</summary>
    public string? Type { get; init; }

    public string? Body { get; init; }

    public ExternalFileBody? File { get; init; }

    public UserReferenceBody? User { get; init; }

    /// <summary>Groups messages, into a gallery for one.</summary>
    public string? GroupTag { get; init; }

    /// <summary>A JSON object.</summary>
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

/// <summary>A file that lies elsewhere.</summary>
public sealed record ExternalFileBody
{
    /// <summary>An absolute http or https address.</summary>
    public string? Url { get; init; }

    public string? Name { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    /// <summary>What is missing is left for the use case to refuse.</summary>
    internal MessageFile ToFile() => new(FileType.External, Url ?? "", Name ?? "", ContentType ?? "", Size ?? -1);
}

public sealed record MessagePatchBody
{
    public Optional<string> Body { get; init; }

    /// <summary>A JSON merge patch.</summary>
    public Optional<RawJson?> Properties { get; init; }

    internal UpdateMessage ToRequest(long id, uint? version) =>
        new(id, Body, new Optional<string>(Properties.IsSet, Properties.Value?.Text), version);
}
