using System.Text.Json.Serialization;
using ChatPlatform.Application.Sessions;
using ChatPlatform.WebApi.Dialects.Platform.Users;

namespace ChatPlatform.WebApi.Dialects.Platform.Sessions;

public enum SessionState
{
    Active = 0,
    Ended = 1,
}

/// <summary>A connection of a client of a user. Has no links inside a chat session.</summary>
public sealed record UserSessionResource
{
    public required long Id { get; init; }

    public required UserResource User { get; init; }

    public string? UserAgent { get; init; }

    public required SessionState State { get; init; }

    public required DateTime CreatedTime { get; init; }

    public DateTime? EndTime { get; init; }

    [JsonPropertyName("_links")]
    public IReadOnlyDictionary<string, Link>? Links { get; init; }

    public static UserSessionResource From(UserSessionView session, Links links) => Embedded(session, links) with
    {
        Links = new Dictionary<string, Link> { ["user"] = links.User(session.User.Id), ["application"] = links.Application },
    };

    public static UserSessionResource Embedded(UserSessionView session, Links links) => new()
    {
        Id = session.Id,
        User = UserResource.Embedded(session.User, links),
        UserAgent = session.UserAgent,
        State = session.EndTime is null ? SessionState.Active : SessionState.Ended,
        CreatedTime = session.CreatedTime,
        EndTime = session.EndTime,
    };
}

/// <summary>The presence of a user in a channel.</summary>
public sealed record ChatSessionResource(
    long Id,
    UserSessionResource Session,
    SessionState State,
    DateTime CreatedTime,
    DateTime? EndTime,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static ChatSessionResource From(ChatSessionView chat, Links links) => new(
        chat.Id,
        UserSessionResource.Embedded(chat.UserSession, links),
        chat.EndTime is null ? SessionState.Active : SessionState.Ended,
        chat.CreatedTime,
        chat.EndTime,
        new Dictionary<string, Link>
        {
            ["session"] = links.At($"/user-sessions/{chat.UserSession.Id}"),
            ["channel"] = links.Channel(chat.ChannelId),
            ["application"] = links.Application,
        });
}
