using AutoMapper;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Channels;

public sealed record ChannelView
{
    public long Id { get; init; }

    public ChannelType Type { get; init; }

    /// <summary>Null for DIRECT, as is the display name.</summary>
    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public UserView? Creator { get; init; }

    /// <summary>A JSON object, as text.</summary>
    public string Properties { get; init; } = "{}";

    public bool Active { get; init; }

    public DateTime CreatedTime { get; init; }

    public DateTime UpdatedTime { get; init; }

    public long MainThreadId { get; init; }

    /// <summary>The broadcast message that arrived last.</summary>
    public MessageView? LastReceivedMessage { get; init; }

    /// <summary>The members of a DIRECT channel, by id; null for groups, which may be large.</summary>
    public IReadOnlyList<UserView>? Members { get; init; }

    /// <summary>Changes with each update of the channel, not with its messages.</summary>
    public uint Version { get; init; }

    internal long? LastMessageId { get; init; }
}

internal sealed class ChannelMapping : Profile
{
    public ChannelMapping()
    {
        // Internal members too: a second step loads the last message by its id.
        ShouldMapProperty = property => property.GetMethod is { IsPublic: true } or { IsAssembly: true };
        CreateMap<Channel, ChannelView>()
            .ForMember(view => view.MainThreadId, map => map.MapFrom(channel =>
                channel.Threads.Where(thread => thread.Type == ThreadType.Main).Select(thread => thread.Id).FirstOrDefault()))
            .ForMember(view => view.LastMessageId, map => map.MapFrom(channel => channel.Messages
                .Where(message => message.Broadcast)
                .OrderByDescending(message => message.Arrival)
                .ThenByDescending(message => message.Id)
                .Select(message => (long?)message.Id)
                .FirstOrDefault()))
            .ForMember(view => view.LastReceivedMessage, map => map.Ignore())
            .ForMember(view => view.Members, map => map.Ignore());
        CreateMap<ChannelMember, MembershipView>();
        CreateMap<ChannelInvite, InviteView>();
    }
}

public sealed record MembershipView
{
    public long ChannelId { get; init; }

    public long UserId { get; init; }

    public DateTime CreatedTime { get; init; }
}
