using AutoMapper;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Application.Users;

/// <summary>A user as others see them.</summary>
public sealed record UserView
{
    public long Id { get; init; }

    public UserType Type { get; init; }

    public string Name { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public bool IsGuest { get; init; }

    public CallStatus CallStatus { get; init; }

    public string PresenceStatus { get; init; } = "";

    /// <summary>Whether a user session of theirs is open now.</summary>
    public bool Online { get; init; }

    /// <summary>Null shows the avatar drawn from the display name.</summary>
    public string? DisplayPictureUrl { get; init; }

    /// <summary>A JSON object, as text.</summary>
    public string Properties { get; init; } = "{}";

    public DateTime CreatedTime { get; init; }

    /// <summary>Drawn anew with each change of the user, not of whether they are online.</summary>
    public uint Version { get; init; }

    /// <summary>Spares a read where the user is in hand already.</summary>
    internal static UserView Of(User user, bool online) => new()
    {
        Id = user.Id,
        Type = user.Type,
        Name = user.Name,
        DisplayName = user.DisplayName,
        IsGuest = user.IsGuest,
        CallStatus = user.CallStatus,
        PresenceStatus = user.PresenceStatus,
        Online = online,
        DisplayPictureUrl = user.DisplayPictureUrl,
        Properties = user.Properties,
        CreatedTime = user.CreatedTime,
        Version = user.Version,
    };
}

internal sealed class UserMapping : Profile
{
    public UserMapping() => CreateMap<User, UserView>()
        .ForMember(view => view.Online, map => map.MapFrom(user => user.Sessions.Any(session => session.EndTime == null)));
}
