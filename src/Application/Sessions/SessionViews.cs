using AutoMapper;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Sessions;

namespace ChatPlatform.Application.Sessions;

/// <summary>Open while <see cref="EndTime"/> is null.</summary>
public sealed record UserSessionView
{
    public long Id { get; init; }

    public UserView User { get; init; } = new();

    public string? UserAgent { get; init; }

    public DateTime CreatedTime { get; init; }

    public DateTime? EndTime { get; init; }
}

/// <summary>Open while <see cref="EndTime"/> is null.</summary>
public sealed record ChatSessionView
{
    public long Id { get; init; }

    public long ChannelId { get; init; }

    public UserSessionView UserSession { get; init; } = new();

    public DateTime CreatedTime { get; init; }

    public DateTime? EndTime { get; init; }
}

internal sealed class SessionMapping : Profile
{
    public SessionMapping()
    {
        CreateMap<UserSession, UserSessionView>();
        CreateMap<ChatSession, ChatSessionView>();
    }
}
