using AutoMapper;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Application.Users;

public sealed record UserView
{
    public long Id { get; init; }

    public UserType Type { get; init; }

    public string Name { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public bool IsGuest { get; init; }

    public CallStatus CallStatus { get; init; }

    public string PresenceStatus { get; init; } = "";

    /// <summary>Whether a user session is open.</summary>
    public bool Online { get; init; }

    /// <summary>Null shows the avatar generated from the display name.</summary>
    public string? DisplayPictureUrl { get; init; }

    public string Properties { get; init; } = "{}";

    public DateTime CreatedTime { get; init; }

    /// <summary>Does not change with <see cref="Online"/>.</summary>
    public uint Version { get; init; }

    /// <summary>For a user who is already loaded.</summary>
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
