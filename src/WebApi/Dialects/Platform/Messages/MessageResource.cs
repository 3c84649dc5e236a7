using System.Text.Json.Serialization;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>A text or file message, from a user or (without one) from the system. Has no links inside other resources.</summary>
public sealed record MessageResource
{
    public required MessageType Type { get; init; }

    public required long Id { get; init; }

    public required long ChannelId { get; init; }

    public UserResource? User { get; init; }

    public string? Body { get; init; }

    public FileResource? File { get; init; }

    public string? GroupTag { get; init; }

    public required DateTime CreatedTime { get; init; }

    public DateTime? LastEditedTime { get; init; }

    /// <summary>The depth of replies; 0 at the top of a thread.</summary>
    public required int NestedLevel { get; init; }

    /// <summary>The number of direct replies.</summary>
    public required long RepliesCount { get; init; }

    public required RawJson Properties { get; init; }

    /// <summary>Absent if empty, as are <c>mentions</c> and <c>reactions</c>.</summary>
    public IReadOnlyList<MessageLinkResource>? Links { get; init; }

    public IReadOnlyList<MentionResource>? Mentions { get; init; }

    public IReadOnlyList<ReactionResource>? Reactions { get; init; }

    /// <summary>The number of users who reported the message; absent if none.</summary>
    public long? ReportCount { get; init; }

    [JsonPropertyName("_links")]
    public IReadOnlyDictionary<string, Link>? HalLinks { get; init; }

    public static MessageResource From(MessageView message, Links links)
    {
        var map = new Dictionary<string, Link> { ["self"] = links.Message(message.Id) };
        if (message.User is { } user)
        {
            map["user"] = links.User(user.Id);
        }

        map["channel"] = links.Channel(message.ChannelId);
        map["thread"] = links.Thread(message.Id);
        map["application"] = links.Application;
        return Embedded(message, links) with { HalLinks = map };
    }

    public static MessageResource Embedded(MessageView message, Links links) => new()
    {
        Type = message.Type,
        Id = message.Id,
        ChannelId = message.ChannelId,
        User = message.User is null ? null : UserResource.Embedded(message.User, links),
        Body = message.Body,
        File = message.File is null ? null : FileResource.From(message.File, links),
        GroupTag = message.GroupTag,
        CreatedTime = message.CreatedTime,
        LastEditedTime = message.LastEditedTime,
        NestedLevel = message.NestedLevel,
        RepliesCount = message.RepliesCount,
        Properties = new RawJson(message.Properties),
        Links = message.Links.Count == 0 ? null : [.. message.Links.Select(MessageLinkResource.From)],
        Mentions = message.Mentions.Count == 0 ? null : [.. message.Mentions.Select(mention => MentionResource.From(mention, links))],
        Reactions = message.Reactions.Count == 0 ? null : [.. message.Reactions.Select(reaction => ReactionResource.From(reaction, links))],
        ReportCount = message.ReportCount == 0 ? null : message.ReportCount,
    };
}

/// <param name="Size">Bytes.</param>
public sealed record FileResource(FileType Type, string Url, string Name, string ContentType, long Size)
{
    public static FileResource From(MessageFile file, Links links) =>
        new(file.Type, links.Absolute(file.Url), file.Name, file.ContentType, file.Size);
}
