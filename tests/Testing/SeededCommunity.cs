using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.Persistence;

namespace ChatPlatform.Testing;

/// <param name="ClientId">The only client, with all scopes.</param>
public sealed record SeededApplication(long Id, string Name, string ClientId, string ClientSecret, string DeveloperKey);

/// <param name="Password">Null for users without an account.</param>
public sealed record SeededUser(long Id, string Name, string DisplayName, string? Password = null);

public sealed record SeededChannel(long Id, string? Name, long MainThreadId);

/// <summary>
/// The data of every test database: two separate applications. The ids below are the ids of the rows; seeding fails if the database
/// generates others. Small on purpose: tests add what they need.
/// </summary>
public static class SeededCommunity
{
    /// <summary>The creation time of all rows, and the time of <see cref="TestClock"/> at the start of a test.</summary>
    public static readonly DateTime Now = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    public static readonly SeededApplication Riverside = new(1, "Riverside", "riverside", "riverside-secret", "riverside-key");

    /// <summary>The other tenant, with its own user <c>alice</c> and channel <c>lobby</c>.</summary>
    public static readonly SeededApplication Hillside = new(2, "Hillside", "hillside", "hillside-secret", "hillside-key");

    /// <summary>Member and creator of all channels of Riverside. Her account has the role <c>admin</c>.</summary>
    public static readonly SeededUser Alice = new(1, "alice", "Alice Archer", "alice-password");

    /// <summary>Member of Lobby, Staff and the direct channel with Alice. His account has the role <c>user</c>.</summary>
    public static readonly SeededUser Bob = new(2, "bob", "Bob Baker", "bob-password");

    /// <summary>Member of Lobby, and on its blacklist.</summary>
    public static readonly SeededUser Carol = new(3, "carol", "Carol Cook");

    /// <summary>A guest, not a member of any channel.</summary>
    public static readonly SeededUser Guest = new(4, "guest-1", "A Guest");

    /// <summary>Deleted; never a member.</summary>
    public static readonly SeededUser Dave = new(5, "dave", "Dave Dyer");

    /// <summary>A bot, not a member of any channel.</summary>
    public static readonly SeededUser Bot = new(6, "info-bot", "Info Bot");

    /// <summary>Has the role <c>admin</c> in Hillside.</summary>
    public static readonly SeededUser HillsideAlice = new(7, "alice", "Alice Hill", "hill-password");

    /// <summary>PUBLIC: Alice, Bob, Carol (on the blacklist). Contains the four messages below.</summary>
    public static readonly SeededChannel Lobby = new(1, "lobby", 1);

    /// <summary>PRIVATE: Alice, Bob. Empty.</summary>
    public static readonly SeededChannel Staff = new(2, "staff", 2);

    /// <summary>PUBLIC and inactive: Alice. Empty.</summary>
    public static readonly SeededChannel Archive = new(3, "archive", 3);

    /// <summary>DIRECT: Alice, Bob. Empty.</summary>
    public static readonly SeededChannel AliceAndBob = new(4, null, 4);

    /// <summary>PUBLIC, in Hillside: its Alice. Contains one message.</summary>
    public static readonly SeededChannel HillsideLobby = new(5, "lobby", 9);

    /// <summary>Alice in Lobby, 30 minutes ago.</summary>
    public const long Greeting = 5;

    /// <summary>Bob's reply to <see cref="Greeting"/>, 20 minutes ago.</summary>
    public const long Reply = 6;

    /// <summary>Carol in Lobby, received and not broadcast, 10 minutes ago.</summary>
    public const long NotBroadcast = 7;

    /// <summary>A system message in Lobby, 5 minutes ago.</summary>
    public const long SystemMessage = 8;

    /// <summary>Alice in the lobby of Hillside, 30 minutes ago.</summary>
    public const long HillsideGreeting = 10;

    internal static async Task SeedAsync(ChatDbContext db)
    {
        foreach (var seeded in new[] { Riverside, Hillside })
        {
            var application = Domain.Applications.Application.Create(seeded.ClientId, seeded.Name, Now);
            db.Applications.Add(application);
            await db.SaveChangesAsync();
            Expect(seeded.Id, application.Id, seeded.Name);
            var (secretHash, keyHash) = (Secrets.Hash(seeded.ClientSecret), SecretToken.Hash(seeded.DeveloperKey));
            db.Clients.Add(Client.Create(application.Id, seeded.ClientId, secretHash, keyHash, Scopes.All, Now));
        }

        await SeedRiversideAsync(db);
        await SeedHillsideAsync(db);
    }

    private static async Task SeedRiversideAsync(ChatDbContext db)
    {
        var alice = Add(db, Riverside, Alice);
        db.Accounts.Add(Account.Create(alice, Secrets.Hash(Alice.Password!), "alice@riverside.example", Account.AdminRole));
        var bob = Add(db, Riverside, Bob);
        db.Accounts.Add(Account.Create(bob, Secrets.Hash(Bob.Password!), "bob@riverside.example", Account.UserRole));
        var carol = Add(db, Riverside, Carol);
        Add(db, Riverside, Guest, isGuest: true);
        var dave = Add(db, Riverside, Dave);
        db.Entry(dave).Property(user => user.DeletedTime).CurrentValue = Now;
        Add(db, Riverside, Bot, type: UserType.Bot);

        var lobby = Add(db, Lobby, Channel.CreateGroup(Riverside.Id, ChannelType.Public, Lobby.Name, "The Lobby", alice, null, Now));
        lobby.Join(bob, isMember: false, Now);
        lobby.Join(carol, isMember: false, Now);
        db.Blacklist.Add(BlacklistEntry.Create(lobby, carol, Now));
        var staff = Add(db, Staff, Channel.CreateGroup(Riverside.Id, ChannelType.Private, Staff.Name, null, alice, null, Now));
        staff.Join(bob, isMember: false, Now);
        var archive = Add(db, Archive, Channel.CreateGroup(Riverside.Id, ChannelType.Public, Archive.Name, null, alice, null, Now));
        archive.SetActive(false, Now);
        Add(db, AliceAndBob, Channel.CreateDirect(Riverside.Id, [alice, bob], null, null, Now).Value);

        var top = new ThreadPosition(Lobby.MainThreadId);
        Add(db, Greeting, lobby, alice, "Good morning", top, minutesAgo: 30);
        Add(db, Reply, lobby, bob, "Good morning, Alice", top with { ParentId = Greeting, NestedLevel = 1 }, minutesAgo: 20);
        Add(db, NotBroadcast, lobby, carol, "Does anybody hear me?", top, minutesAgo: 10, broadcast: false);
        Add(db, SystemMessage, lobby, null, "Lunch is at one", top, minutesAgo: 5);
        await db.SaveChangesAsync();
    }

    private static async Task SeedHillsideAsync(ChatDbContext db)
    {
        var alice = Add(db, Hillside, HillsideAlice);
        db.Accounts.Add(Account.Create(alice, Secrets.Hash(HillsideAlice.Password!), "alice@hillside.example", Account.AdminRole));
        var lobby = Add(
            db, HillsideLobby, Channel.CreateGroup(Hillside.Id, ChannelType.Public, HillsideLobby.Name, null, alice, null, Now));
        Add(db, HillsideGreeting, lobby, alice, "Hello, hill", new ThreadPosition(HillsideLobby.MainThreadId), minutesAgo: 30);
        await db.SaveChangesAsync();
    }

    private static User Add(
        ChatDbContext db, SeededApplication application, SeededUser seeded, bool isGuest = false, UserType type = UserType.Person)
    {
        var user = db.Users.Add(User.Create(application.Id, seeded.Name, seeded.DisplayName, isGuest, null, Now, type)).Entity;
        Expect(seeded.Id, user.Id, seeded.Name);
        return user;
    }

    private static Channel Add(ChatDbContext db, SeededChannel seeded, Channel channel)
    {
        db.Channels.Add(channel);
        Expect(seeded.Id, channel.Id, seeded.Name ?? "direct");
        Expect(seeded.MainThreadId, channel.Threads.Single().Id, "a main thread");
        return channel;
    }

    private static void Add(
        ChatDbContext db,
        long id,
        Channel channel,
        User? sender,
        string body,
        ThreadPosition position,
        int minutesAgo,
        bool broadcast = true)
    {
        var content = new MessageContent(body, null, null, null);
        var message = db.Messages.Add(Message.Send(channel, sender, content, position, broadcast, Now.AddMinutes(-minutesAgo))).Entity;
        Expect(id, message.Id, body);
    }

    private static void Expect(long expected, long actual, string what)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"'{what}' should have the id {expected}; the database generated {actual}.");
        }
    }
}
