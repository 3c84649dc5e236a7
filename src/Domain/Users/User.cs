using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;

namespace ChatPlatform.Domain.Users;

public enum UserType
{
    Person = 0,
    Bot = 1,
}

public enum CallStatus
{
    Available = 0,
    InCall = 1,
}

/// <summary>Somebody who chats in an application. The name is unique there; a deleted user stays as the author of what was written.</summary>
public sealed class User : Aggregate
{
    public const string DefaultPresenceStatus = "UNAVAILABLE";

    private readonly List<UserSession> _sessions = [];

    private User() { }

    public long Id { get; private set; }

    public UserType Type { get; private set; }

    public string Name { get; private set; } = null!;

    public string DisplayName { get; private set; } = null!;

    public bool IsGuest { get; private set; }

    public CallStatus CallStatus { get; private set; }

    /// <summary>Free text of the user's choosing, beside the derived <c>online</c>.</summary>
    public string PresenceStatus { get; private set; } = DefaultPresenceStatus;

    /// <summary>Where the picture lies; null shows the avatar drawn from the display name.</summary>
    public string? DisplayPictureUrl { get; private set; }

    /// <summary>A JSON object of the application's choosing.</summary>
    public string Properties { get; private set; } = "{}";

    public DateTime CreatedTime { get; private set; }

    public DateTime? DeletedTime { get; private set; }

    /// <summary>Only for queries; never loaded.</summary>
    public IReadOnlyCollection<UserSession> Sessions => _sessions;

    public static User Create(
        long applicationId, string name, string displayName, bool isGuest, string? properties, DateTime now, UserType type = UserType.Person)
    {
        var user = new User
        {
            ApplicationId = applicationId,
            Type = type,
            Name = name,
            DisplayName = displayName,
            IsGuest = isGuest,
            Properties = properties ?? "{}",
            CreatedTime = now,
        };
        user.Raise(new UserCreated(user));
        return user;
    }

    /// <param name="url">Null goes back to the avatar drawn from the display name.</param>
    public void ShowPicture(string? url) => DisplayPictureUrl = url;
}

public sealed record UserCreated(User User) : DomainEvent
{
    public override string Type => "user.created";

    public override long? UserId => User.Id;
}
