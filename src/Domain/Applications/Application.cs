namespace ChatPlatform.Domain.Applications;

/// <summary>A tenant; all other data belongs to exactly one application.</summary>
public sealed class Application
{
    private Application() { }

    public long Id { get; private set; }

    /// <summary>Public identifier, unique; also the client id of the first client.</summary>
    public string Key { get; private set; } = null!;

    /// <summary>Names this application among those of all installations, in keys of exported items.</summary>
    public Guid GlobalId { get; private set; }

    public string Name { get; private set; } = null!;

    public string Properties { get; private set; } = "{}";

    public DateTime CreatedTime { get; private set; }

    /// <summary>Whether a user session with an unknown name creates a guest user.</summary>
    public bool GuestUsersEnabled { get; private set; } = true;

    public bool UserCreatedChannelsEnabled { get; private set; } = true;

    public uint Version { get; private set; }

    public static Application Create(string key, string name, DateTime now) =>
        new() { Key = key, GlobalId = Guid.NewGuid(), Name = name, CreatedTime = now };

    public void ChangeSettings(bool guestUsers, bool userCreatedChannels)
    {
        GuestUsersEnabled = guestUsers;
        UserCreatedChannelsEnabled = userCreatedChannels;
    }
}
