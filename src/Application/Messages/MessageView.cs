using AutoMapper;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

public sealed record MessageView : IChronological
{
    public long Id { get; init; }

    public MessageType Type { get; init; }

    public long ChannelId { get; init; }

    /// <summary>The MAIN or STANDALONE thread, at any nesting level.</summary>
    public long ThreadId { get; init; }

    public long? ParentId { get; init; }

    public int NestedLevel { get; init; }

    /// <summary>Direct replies that were broadcast.</summary>
    public long RepliesCount { get; init; }

    /// <summary>Null for a system message.</summary>
    public UserView? User { get; init; }

    public string? Body { get; init; }

    public MessageFile? File { get; init; }

    public string? GroupTag { get; init; }

    /// <summary>A JSON object, as text.</summary>
    public string Properties { get; init; } = "{}";

    /// <summary>By the time of the first reaction with each emoji.</summary>
    public IReadOnlyList<ReactionView> Reactions { get; init; } = [];

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<MentionView> Mentions { get; init; } = [];

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<MessageLinkView> Links => MessageText.LinksIn(Body);

    public long ReportCount { get; init; }

    public DateTime CreatedTime { get; init; }

    public DateTime? LastEditedTime { get; init; }

    /// <summary>Changes with each edit of the message, not with replies or reactions.</summary>
    public uint Version { get; init; }

    internal MessageMentions? MentionRows { get; init; }

    internal bool HasReactions { get; init; }

    /// <summary>Saves a query: a new message has no replies, reactions or reports.</summary>
    internal static MessageView OfNew(Message message, UserView? sender) => new()
    {
        Id = message.Id,
        Type = message.Type,
        ChannelId = message.ChannelId,
        ThreadId = message.ThreadId,
        ParentId = message.ParentId,
        NestedLevel = message.NestedLevel,
        User = sender,
        Body = message.Body,
        File = message.File,
        GroupTag = message.GroupTag,
        Properties = message.Properties,
        MentionRows = message.Mentions,
        CreatedTime = message.CreatedTime,
        Version = message.Version,
    };
}

internal sealed class MessageMapping : Profile
{
    public MessageMapping()
    {
        // Internal members too: the second step needs them.
        ShouldMapProperty = property => property.GetMethod is { IsPublic: true } or { IsAssembly: true };
        CreateMap<ReplyThread, ThreadView>();
        CreateMap<MessageVersion, MessageVersionView>();
        CreateMap<Channel, MentionedChannelView>();
        CreateMap<Message, MessageView>()
            .ForMember(view => view.RepliesCount, map => map.MapFrom(message => message.Replies.LongCount(reply => reply.Broadcast)))
            .ForMember(view => view.ReportCount, map => map.MapFrom(message => message.Reports.LongCount()))
            .ForMember(view => view.HasReactions, map => map.MapFrom(message => message.Reactions.Any()))
            .ForMember(view => view.MentionRows, map => map.MapFrom(message => message.Mentions))
            .ForMember(view => view.Mentions, map => map.Ignore())
            .ForMember(view => view.Links, map => map.Ignore())
            .ForMember(view => view.Reactions, map => map.Ignore());
    }
}
