using System.Security.Cryptography;
using System.Text.Json;
using AutoMapper;
using ChatPlatform.Domain.Chats;

namespace ChatPlatform.Application.Chats;

public sealed record ChatView
{
    public Guid Id { get; init; }

    public bool IsActive { get; init; }

    public string Service { get; init; } = "";

    public long? ChannelId { get; init; }

    public DateTime RegisteredAt { get; init; }

    public string? CreatedBy { get; init; }

    public string? Description { get; init; }

    /// <summary>The last failure of its service; null after a later success.</summary>
    public string? LastError { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ChatTitleView> Titles { get; init; } = [];

    /// <summary>By the time of the first join.</summary>
    public IReadOnlyList<ParticipantView> Participants { get; init; } = [];

    /// <summary>The entity tag; any visible change gives another one.</summary>
    public string Version() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this))[..16]);
}

public sealed record ChatTitleView
{
    public Guid ChatId { get; init; }

    public string Value { get; init; } = "";

    public DateTime CapturedAt { get; init; }
}

public sealed record ParticipantView
{
    public Guid Id { get; init; }

    public Guid ChatId { get; init; }

    public string? Firstname { get; init; }

    public string? Lastname { get; init; }

    public string? Username { get; init; }

    /// <summary>Oldest first; never empty.</summary>
    public IReadOnlyList<ParticipationView> Participations { get; init; } = [];
}

public sealed record ParticipationView
{
    public DateTime JoinedAt { get; init; }

    public DateTime? LeftAt { get; init; }

    /// <summary>A participant id.</summary>
    public Guid? InvitedBy { get; init; }
}

internal sealed class ChatMapping : Profile
{
    public ChatMapping()
    {
        CreateMap<Chat, ChatView>()
            .ForMember(view => view.Titles, map => map.Ignore())
            .ForMember(view => view.Participants, map => map.Ignore());
        CreateMap<ChatTitle, ChatTitleView>();
        CreateMap<Participation, ParticipationView>();
        CreateMap<Participant, ParticipantView>()
            .ForMember(view => view.Participations, map => map.MapFrom(participant =>
                participant.Participations.OrderBy(participation => participation.JoinedAt).ThenBy(participation => participation.Id)));
    }
}
