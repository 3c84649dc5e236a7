using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

public enum ChannelType
{
    Public = 0,
    Private = 1,
    Direct = 2,
}

/// <summary>Any user can join a PUBLIC channel. DIRECT is one conversation of a fixed set of users.</summary>
public sealed partial class Channel : AggregateRoot
{
    public const int MaxDirectMembers = 10;

    // Separate rows: a channel may have hundreds of thousands.
    private readonly List<ChannelMember> _members = [];
    private readonly List<Message> _messages = [];
    private readonly List<ReplyThread> _threads = [];
    private HashSet<User>? _addedUsers;

    private Channel() { }

    public long Id { get; private set; }

    public ChannelType Type { get; private set; }

    /// <summary>Unique among the application's group channels; null for DIRECT.</summary>
    public string? Name { get; private set; }

    public string? DisplayName { get; private set; }

    public long? CreatorId { get; private set; }

    public User? Creator { get; private set; }

    public string Properties { get; private set; } = "{}";

    /// <summary>An inactive channel receives messages and does not broadcast them.</summary>
    public bool Active { get; private set; } = true;

    public DateTime CreatedTime { get; private set; }

    public DateTime UpdatedTime { get; private set; }

    /// <summary>Set while the messages of a deleted channel are being removed; the channel is hidden from then on.</summary>
    public DateTime? DeletedTime { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Member ids of a DIRECT channel, ascending, comma-separated; unique, so one channel per set. Null for groups.</summary>
    public string? DirectKey { get; private set; }

    public IReadOnlyCollection<ChannelMember> Members => _members;

    /// <summary>Only for queries; never loaded.</summary>
    public IReadOnlyCollection<Message> Messages => _messages;

    /// <summary>MAIN, created with the channel, and the STANDALONE ones. Only MAIN of a new channel is loaded.</summary>
    public IReadOnlyCollection<ReplyThread> Threads => _threads;

    /// <param name="name">Null generates a random one.</param>
    /// <param name="displayName">Null uses the name.</param>
    /// <param name="creatorJoins">False for an imported channel whose creator is not, or not yet, a member.</param>
    public static Channel CreateGroup(
        long applicationId,
        ChannelType type,
        string? name,
        string? displayName,
        User? creator,
        string? properties,
        DateTime now,
        bool creatorJoins = true)
    {
        if (type is ChannelType.Direct)
        {
            throw new ArgumentOutOfRangeException(nameof(type), "Use CreateDirect for direct channels.");
        }

        name ??= Guid.NewGuid().ToString();
        var channel = Create(applicationId, type, creator, properties, now, creatorJoins);
        channel.Name = name;
        channel.DisplayName = displayName ?? name;
        return channel;
    }

    /// <summary>Creates the DIRECT channel of a set of users; the creator, if given, is one of them.</summary>
    public static Result<Channel> CreateDirect(
        long applicationId, IReadOnlyCollection<User> members, User? creator, string? properties, DateTime now)
    {
        var all = creator is null ? members : [.. members, creator];
        var ids = all.Select(user => user.Id).Distinct().ToList();
        if (ids.Count == 0)
        {
            return ChannelErrors.DirectWithoutMembers;
        }

        if (ids.Count > MaxDirectMembers)
        {
            return ChannelErrors.DirectTooLarge;
        }

        var channel = Create(applicationId, ChannelType.Direct, creator, properties, now);
        channel.DirectKey = DirectKeyOf(ids);
        foreach (var user in all)
        {
            channel.AddMember(user, now);
        }

        return channel;
    }

    public static string DirectKeyOf(IEnumerable<long> userIds) => string.Join(',', userIds.Distinct().Order());

    /// <returns>The new membership; null if the user is already a member.</returns>
    public Result<ChannelMember?> Join(User user, bool isMember, DateTime now)
    {
        if (isMember)
        {
            return (ChannelMember?)null;
        }

        return Type is ChannelType.Direct ? ChannelErrors.DirectIsClosed : AddMember(user, now);
    }

    /// <summary>A non-member joins a PUBLIC channel by sending a message; other channels refuse it.</summary>
    public Result<ChannelMember?> JoinBySending(User user, bool isMember, DateTime now)
    {
        if (isMember)
        {
            return (ChannelMember?)null;
        }

        return Type is ChannelType.Public ? AddMember(user, now) : ChannelErrors.NotAMember;
    }

    public Result<Done> Leave(ChannelMember member)
    {
        if (Type is ChannelType.Direct)
        {
            return ChannelErrors.DirectIsClosed;
        }

        Raise(new MemberLeft(this, member.UserId));
        return Done.Success;
    }

    public bool Broadcasts(bool senderIsBlacklisted) => Active && !senderIsBlacklisted;

    public void SetActive(bool active, DateTime now) => Change(Active, active, value => Active = value, now);

    /// <param name="displayName">Null resets it to the name.</param>
    public Result<Done> Rename(string? displayName, DateTime now)
    {
        if (Type is ChannelType.Direct)
        {
            return ChannelErrors.DirectHasNoName;
        }

        Change(DisplayName, displayName ?? Name, value => DisplayName = value, now);
        return Done.Success;
    }

    public void SetProperties(string properties, DateTime now) => Change(Properties, properties, value => Properties = value, now);

    public void ImportUpdatedTime(DateTime at) => UpdatedTime = at;

    /// <summary>Frees the name (or member set) and hides the channel until its rows are removed.</summary>
    public void Delete(DateTime now)
    {
        Name = null;
        DirectKey = null;
        Active = false;
        DeletedTime = now;
        Raise(new ChannelDeleted(this));
    }

    private void Change<T>(T before, T after, Action<T> set, DateTime now)
    {
        if (EqualityComparer<T>.Default.Equals(before, after))
        {
            return;
        }

        set(after);
        UpdatedTime = now;
        if (!DomainEvents.Any(domainEvent => domainEvent is ChannelUpdated))
        {
            Raise(new ChannelUpdated(this));
        }
    }

    private static Channel Create(
        long applicationId, ChannelType type, User? creator, string? properties, DateTime now, bool creatorJoins = true)
    {
        var channel = new Channel
        {
            ApplicationId = applicationId,
            Type = type,
            Creator = creator,
            Properties = properties ?? "{}",
            CreatedTime = now,
            UpdatedTime = now,
        };
        channel._threads.Add(ReplyThread.Main(channel, now));
        channel.Raise(new ChannelCreated(channel));
        if (creator is not null && creatorJoins)
        {
            channel.AddMember(creator, now);
        }

        return channel;
    }

    private ChannelMember AddMember(User user, DateTime now)
    {
        // A set beside the list: a channel may be created with a hundred thousand members.
        _addedUsers ??= [.. _members.Select(member => member.User)];
        if (!_addedUsers.Add(user))
        {
            return _members.First(member => member.User == user);
        }

        var member = ChannelMember.Create(this, user, now);
        _members.Add(member);
        Raise(new MemberJoined(this, user));
        return member;
    }
}
