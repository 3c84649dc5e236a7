using System.Text.Json.Serialization;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Users;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

/// <summary>A user. Has no links inside other resources.</summary>
public sealed record UserResource
{
    public required UserType Type { get; init; }

    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required string DisplayPictureUrl { get; init; }

    /// <summary>The name is always in camelCase.</summary>
    [JsonPropertyName("isGuest")]
    public required bool IsGuest { get; init; }

    public required PresenceResource Presence { get; init; }

    public required CallStatus CallStatus { get; init; }

    public required RawJson Properties { get; init; }

    [JsonPropertyName("_links")]
    public IReadOnlyDictionary<string, Link>? Links { get; init; }

    public static UserResource From(UserView user, Links links) => Embedded(user, links) with
    {
        Links = new Dictionary<string, Link>
        {
            ["self"] = links.User(user.Id),
            ["channels"] = links.User(user.Id, "/channels"),
            ["notifications"] = links.User(user.Id, "/notifications"),
            ["displayPicture"] = links.User(user.Id, "/display-picture"),
            ["application"] = links.Application,
        },
    };

    public static UserResource Embedded(UserView user, Links links) => new()
    {
        Type = user.Type,
        Id = user.Id,
        Name = user.Name,
        DisplayName = user.DisplayName,
        DisplayPictureUrl = user.DisplayPictureUrl is { } url ? links.Absolute(url) : links.Avatar(user.DisplayName),
        IsGuest = user.IsGuest,
        Presence = new PresenceResource(user.PresenceStatus, user.Online),
        CallStatus = user.CallStatus,
        Properties = new RawJson(user.Properties),
    };
}

/// <param name="Online">Whether a user session is open.</param>
public sealed record PresenceResource(string Status, bool Online);
