using System.Text.Json.Serialization;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>A URL in a message. Positions are UTF-16 code units; the end is exclusive.</summary>
public sealed record MessageLinkResource(string Source, int StartPosition, int EndPosition)
{
    public static MessageLinkResource From(MessageLinkView link) => new(link.Source, link.Start, link.End);
}

/// <summary>A user or channel mentioned in a message. Positions are UTF-16 code units; the end is exclusive.</summary>
/// <param name="Tag">The mention as written in the message.</param>
public sealed record MentionResource(
    MentionType Type, string Tag, int StartPosition, int EndPosition, UserResource? User, MentionedChannelResource? Channel)
{
    public static MentionResource From(MentionView mention, Links links) => new(
        mention.Type,
        mention.Tag,
        mention.Start,
        mention.End,
        mention.User is null ? null : UserResource.Embedded(mention.User, links),
        mention.Channel is null ? null : MentionedChannelResource.From(mention.Channel, links));
}

public sealed record MentionedChannelResource(
    ChannelType Type, long Id, DateTime CreatedTime, string? Name, string? DisplayName, UserResource? Creator, RawJson Properties)
{
    public static MentionedChannelResource From(MentionedChannelView channel, Links links) => new(
        channel.Type,
        channel.Id,
        channel.CreatedTime,
        channel.Name,
        channel.DisplayName,
        channel.Creator is null ? null : UserResource.Embedded(channel.Creator, links),
        new RawJson(channel.Properties));
}

/// <summary>All reactions to a message with the same emoji.</summary>
/// <param name="Users">The first 50 users.</param>
/// <param name="Count">The number of all users.</param>
public sealed record ReactionResource(EmojiResource Emoji, IReadOnlyList<UserResource> Users, long Count)
{
    public static ReactionResource From(ReactionView reaction, Links links) => new(
        EmojiResource.From(reaction.Emoji),
        [.. reaction.Users.Select(user => UserResource.Embedded(user, links))],
        reaction.Count);
}

public sealed record EmojiResource(string Character, string Description, IReadOnlyList<string> Aliases, IReadOnlyList<string> Tags)
{
    public static EmojiResource From(Emoji emoji) => new(emoji.Character, emoji.Description, emoji.Aliases, emoji.Tags);
}

public sealed record ReadReceiptResource(
    DateTime CreatedTime, UserResource User, [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static ReadReceiptResource From(ReadReceiptView receipt, Links links) => new(
        receipt.CreatedTime,
        UserResource.Embedded(receipt.User, links),
        new Dictionary<string, Link>
        {
            ["user"] = links.User(receipt.User.Id),
            ["message"] = links.Message(receipt.MessageId),
            ["application"] = links.Application,
        });
}
