namespace ChatPlatform.Domain.Applications;

/// <summary>A tenant. Everything else belongs to exactly one application.</summary>
public sealed class Application
{
    private Application() { }

    public long Id { get; private set; }

    /// <summary>Names the application outside of the server; unique, also the client id of its first client.</summary>
    public string Key { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    /// <summary>A JSON object of the owner's choosing.</summary>
    public string Properties { get; private set; } = "{}";

    public DateTime CreatedTime { get; private set; }

    /// <summary>Whether a session may be started with nothing but a name, making a guest of it.</summary>
    public bool GuestUsersEnabled { get; private set; } = true;

    /// <summary>Whether users, not only the application, may open channels.</summary>
    public bool UserCreatedChannelsEnabled { get; private set; } = true;

    /// <summary>Changes with every change of the row.</summary>
    public uint Version { get; private set; }

    public static Application Create(string key, string name, DateTime now) => new() { Key = key, Name = name, CreatedTime = now };

    public void ChangeSettings(bool guestUsers, bool userCreatedChannels)
    {
        GuestUsersEnabled = guestUsers;
        UserCreatedChannelsEnabled = userCreatedChannels;
    }
}
