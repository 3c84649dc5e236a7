using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Messages;

public enum MessageType
{
    Text = 0,
    File = 1,
    SystemText = 2,
    SystemFile = 3,
}

/// <summary>Sent by a user or, without one, by the application (a system message).</summary>
public sealed class Message : AggregateRoot, IArriving
{
    private readonly List<Message> _replies = [];
    private readonly List<MessageReaction> _reactions = [];
    private readonly List<MessageReport> _reports = [];
    private readonly List<MessageVersion> _versions = [];

    private Message() { }

    public long Id { get; private set; }

    public MessageType Type { get; private set; }

    public long ChannelId { get; private set; }

    public Channel Channel { get; private set; } = null!;

    /// <summary>The enclosing MAIN or STANDALONE thread, at any depth.</summary>
    public long ThreadId { get; private set; }

    /// <summary>The message replied to; null at the top of its thread.</summary>
    public long? ParentId { get; private set; }

    public Message? Parent { get; private set; }

    /// <summary>0 at the top of a thread, one more for each level of replies.</summary>
    public int NestedLevel { get; private set; }

    public long? UserId { get; private set; }

    public User? User { get; private set; }

    public string? Body { get; private set; }

    public MessageFile? File { get; private set; }

    public MessageMentions? Mentions { get; private set; }

    public string? GroupTag { get; private set; }

    public string Properties { get; private set; } = "{}";

    public DateTime CreatedTime { get; private set; }

    public ulong Arrival { get; private set; }

    public DateTime? LastEditedTime { get; private set; }

    /// <summary>Whether it was broadcast to the channel when sent, not only received.</summary>
    public bool Broadcast { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Direct replies. Like the next two, only for queries; never loaded.</summary>
    public IReadOnlyCollection<Message> Replies => _replies;

    public IReadOnlyCollection<MessageReaction> Reactions => _reactions;

    public IReadOnlyCollection<MessageReport> Reports => _reports;

    /// <summary>All texts over time, the current one included; empty if never edited. An edit needs none loaded.</summary>
    public IReadOnlyCollection<MessageVersion> Versions => _versions;

    public static Message Send(Channel channel, User? sender, MessageContent content, ThreadPosition position, bool broadcast, DateTime now)
    {
        var message = new Message
        {
            ApplicationId = channel.ApplicationId,
            Type = (sender, content.File) switch
            {
                (not null, null) => MessageType.Text,
                (not null, _) => MessageType.File,
                (null, null) => MessageType.SystemText,
                _ => MessageType.SystemFile,
            },
            Channel = channel,
            ChannelId = channel.Id,
            ThreadId = position.ThreadId,
            ParentId = position.ParentId,
            NestedLevel = position.NestedLevel,
            User = sender,
            UserId = sender?.Id,
            Body = content.Body,
            Mentions = content.Mentions,
            File = content.File,
            GroupTag = content.GroupTag,
            Properties = content.Properties ?? "{}",
            CreatedTime = now,
            Broadcast = broadcast,
        };
        message.Raise(new MessageSent(message));
        return message;
    }

    /// <summary>Changes the text. The new text is current, even if a service's clock is ahead.</summary>
    public Result<Done> Edit(string body, DateTime at, MessageMentions? mentions = null)
    {
        if (File is not null)
        {
            return MessageErrors.FileHasNoText;
        }

        ChangeText(body, at > (LastEditedTime ?? CreatedTime) ? new(at) : new(LastEditedTime ?? at, long.MaxValue), mentions, origin: null);
        return Done.Success;
    }

    /// <summary>
    /// A service reported an edit, or the original text after an edit (with sequence 0). A late report only joins
    /// <see cref="Versions"/>, which must be loaded.
    /// </summary>
    /// <param name="origin">The service, which is not notified back.</param>
    public void ObserveEdit(string body, ServiceTime at, string origin)
    {
        if (at.At < LastEditedTime || _versions.Exists(version => version.CapturedAt == at.At && version.Sequence > at.Sequence))
        {
            _versions.Add(MessageVersion.Of(this, body, at));
        }
        else if (File is null)
        {
            ChangeText(body, at, mentions: null, origin);
        }
    }

    /// <param name="alias">The emoji's first alias.</param>
    public MessageReaction AddReaction(User user, string alias, DateTime now)
    {
        Raise(new ReactionChanged(this, user.Id, alias, IsAdded: true));
        return MessageReaction.Create(this, alias, user, now);
    }

    public void RemoveReaction(MessageReaction reaction) =>
        Raise(new ReactionChanged(this, reaction.UserId, reaction.Alias, IsAdded: false));

    public ReadReceipt Read(User user, DateTime now)
    {
        Raise(new MessageWasRead(this, user.Id));
        return ReadReceipt.Create(this, user, now);
    }

    public MessageReport Report(User user, string? reason, DateTime now)
    {
        Raise(new MessageReported(this, user.Id));
        return MessageReport.Create(this, user, reason, now);
    }

    public void SetProperties(string properties)
    {
        if (properties != Properties)
        {
            Properties = properties;
            Raise(new MessageUpdated(this));
        }
    }

    /// <summary>The current text was reported as an edit, before the original text.</summary>
    public void RecordEdit(ServiceTime at)
    {
        LastEditedTime = at.At;
        _versions.Add(MessageVersion.Of(this, Body!, at));
    }

    private void ChangeText(string body, ServiceTime at, MessageMentions? mentions, string? origin)
    {
        if (body == Body)
        {
            return;
        }

        if (LastEditedTime is null)
        {
            _versions.Add(MessageVersion.Of(this, Body!, new(CreatedTime)));
        }

        LastEditedTime = at.At;
        _versions.Add(MessageVersion.Of(this, body, at));
        Body = body;
        Mentions = mentions;
        Raise(new MessageEdited(this, origin));
    }
}

public sealed record MessageContent(
    string? Body, MessageFile? File, string? GroupTag, string? Properties, MessageMentions? Mentions = null);

public sealed record ThreadPosition(long ThreadId, long? ParentId = null, int NestedLevel = 0);

public enum FileType
{
    Hosted = 0,
    External = 1,
}

/// <summary>A file stored here (HOSTED) or only referred to (EXTERNAL).</summary>
/// <param name="Url">Of a hosted file the path below the server's address, with a leading slash.</param>
/// <param name="Size">Bytes.</param>
public sealed record MessageFile(FileType Type, string Url, string Name, string ContentType, long Size);
