using AutoMapper;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

/// <summary>A message with its sender; a system message has none.</summary>
public sealed record MessageView : IChronological
{
    public long Id { get; init; }

    public MessageType Type { get; init; }

    public long ChannelId { get; init; }

    /// <summary>The MAIN or STANDALONE thread that it stands in, however deep.</summary>
    public long ThreadId { get; init; }

    /// <summary>The message that it answers.</summary>
    public long? ParentId { get; init; }

    public int NestedLevel { get; init; }

    /// <summary>How many answer it directly and were passed on.</summary>
    public long RepliesCount { get; init; }

    public UserView? User { get; init; }

    public string? Body { get; init; }

    public MessageFile? File { get; init; }

    public string? GroupTag { get; init; }

    /// <summary>A JSON object, as text.</summary>
    public string Properties { get; init; } = "{}";

    /// <summary>By the time of the first of each.</summary>
    public IReadOnlyList<ReactionView> Reactions { get; init; } = [];

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<MentionView> Mentions { get; init; } = [];

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<MessageLinkView> Links => MessageText.LinksIn(Body);

    /// <summary>How many users found fault with it.</summary>
    public long ReportCount { get; init; }

    public DateTime CreatedTime { get; init; }

    public DateTime? LastEditedTime { get; init; }

    /// <summary>Drawn anew with each change of the message, not of what others add to it.</summary>
    public uint Version { get; init; }

    /// <summary>Finds <see cref="Mentions"/>.</summary>
    internal MessageMentions? MentionRows { get; init; }

    /// <summary>Whether there are any to find.</summary>
    internal bool HasReactions { get; init; }

    /// <summary>Spares a read where the message was made just now: nobody has answered it.</summary>
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
        // Internal members too: by them the rest is read in a second step.
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
            .ForMember(view => view.Reactions, map => map.Ignore());
    }
}
