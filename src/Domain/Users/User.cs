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

/// <summary>The name is unique in the application. A deleted user remains as the author of messages.</summary>
public sealed class User : AggregateRoot
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

    /// <summary>Free text, unlike the derived <c>online</c>.</summary>
    public string PresenceStatus { get; private set; } = DefaultPresenceStatus;

    /// <summary>Null shows the avatar generated from the display name.</summary>
    public string? DisplayPictureUrl { get; private set; }

    public string Properties { get; private set; } = "{}";

    public DateTime CreatedTime { get; private set; }

    public DateTime? DeletedTime { get; private set; }

    /// <summary>Only for queries; never loaded.</summary>
    public IReadOnlyCollection<UserSession> Sessions => _sessions;

    public uint Version { get; private set; }

    public static User Create(
        long applicationId,
        string name,
        string displayName,
        bool isGuest,
        string? properties,
        DateTime now,
        UserType type = UserType.Person)
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

    /// <param name="displayName">Null resets it to the name.</param>
    public void Rename(string? displayName) => Change(DisplayName, displayName ?? Name, value => DisplayName = value);

    public void SetIsGuest(bool isGuest) => Change(IsGuest, isGuest, value => IsGuest = value);

    /// <param name="status">Null resets it to the default.</param>
    public void SetPresenceStatus(string? status) =>
        Change(PresenceStatus, status ?? DefaultPresenceStatus, value => PresenceStatus = value);

    public void SetCallStatus(CallStatus status) => Change(CallStatus, status, value => CallStatus = value);

    public void SetProperties(string properties) => Change(Properties, properties, value => Properties = value);

    /// <param name="url">Null resets to the generated avatar.</param>
    public void SetDisplayPicture(string? url) => Change(DisplayPictureUrl, url, value => DisplayPictureUrl = value);

    /// <summary>Anonymizes the user and frees the name.</summary>
    public void Delete(DateTime now)
    {
        Name = $"deleted-{Id}-{Guid.NewGuid():N}";
        DisplayName = "Deleted user";
        PresenceStatus = DefaultPresenceStatus;
        CallStatus = CallStatus.Available;
        DisplayPictureUrl = null;
        Properties = "{}";
        DeletedTime = now;
        Raise(new UserDeleted(this));
    }

    private void Change<T>(T before, T after, Action<T> set)
    {
        if (EqualityComparer<T>.Default.Equals(before, after))
        {
            return;
        }

        set(after);
        if (!DomainEvents.Any(domainEvent => domainEvent is UserUpdated))
        {
            Raise(new UserUpdated(this));
        }
    }
}
