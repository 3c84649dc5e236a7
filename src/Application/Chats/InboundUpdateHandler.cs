using ChatPlatform.Application.Common;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Applies updates of a service to a chat and its channel. The caller holds the chat's lock.</summary>
internal sealed class InboundUpdateHandler(IChatDbContext db, ICurrentApplication application, TimeProvider clock)
{
    /// <param name="group">The service's id of the chat in the update; the chat may have moved since.</param>
    public Task HandleAsync(Chat chat, string group, ChatUpdate update, CancellationToken cancellationToken) => update switch
    {
        ChatUpdate.Joined joined => JoinAsync(chat, joined, cancellationToken),
        ChatUpdate.Left left => LeaveAsync(chat, left.User, left, mayBeUnknown: false, cancellationToken),
        ChatUpdate.Absent absent => LeaveAsync(chat, absent.User, absent, mayBeUnknown: true, cancellationToken),
        ChatUpdate.Renamed renamed => RenameAsync(chat, renamed, cancellationToken),
        ChatUpdate.MessageSent sent => ReceiveMessageAsync(chat, group, sent, cancellationToken),
        ChatUpdate.MessageEdited edited => EditMessageAsync(chat, group, edited, cancellationToken),
        ChatUpdate.Moved moved => db.MoveAsync(chat, moved.ChatExternalId, clock.UtcNow(), cancellationToken),
        _ => UpdateStateAsync(chat, update, cancellationToken),
    };

    private async Task UpdateStateAsync(Chat chat, ChatUpdate update, CancellationToken cancellationToken)
    {
        switch (update)
        {
            case ChatUpdate.AccessLost lost:
                chat.RecordFailure(lost.Reason);
                break;
            case ChatUpdate.AccessRestored:
                chat.RecordSuccess(await db.FindGivenUpErrorAsync(chat, cancellationToken));
                break;
            default:
                throw new InvalidOperationException($"Unknown update {update.GetType().Name}.");
        }
    }

    private async Task JoinAsync(Chat chat, ChatUpdate.Joined update, CancellationToken cancellationToken)
    {
        var inviter = update.InvitedBy is null
            ? null
            : await EnsureParticipantAsync(chat, update.InvitedBy, null, update.Time, cancellationToken);
        await EnsureParticipantAsync(chat, update.User, inviter?.Id, update.Time, cancellationToken);
    }

    private async Task LeaveAsync(
        Chat chat, ExternalUser external, ChatUpdate update, bool mayBeUnknown, CancellationToken cancellationToken)
    {
        var name = ExternalUsers.NameOf(chat.Service, external.Id);
        if (mayBeUnknown && !await db.Participants.AnyAsync(p => p.ChatId == chat.Id && p.User.Name == name, cancellationToken))
        {
            return;
        }

        var user = await GetOrCreateUserAsync(chat, external, cancellationToken);
        var participant = chat.ObserveLeft(
            await FindParticipantAsync(chat, user, cancellationToken), user, PropertiesOf(external), update.Time);
        if (!participant.IsActive)
        {
            await db.LeaveChannelAsync(chat, user.Id, clock.UtcNow(), cancellationToken);
        }
    }

    private async Task RenameAsync(Chat chat, ChatUpdate.Renamed update, CancellationToken cancellationToken)
    {
        if (chat.RecordTitle(update.Title, update.Time, chat.Service))
        {
            var channel = await db.Channels.FirstAsync(c => c.Id == chat.ChannelId, cancellationToken);
            channel.Rename(update.Title, clock.UtcNow());
        }
    }

    private async Task ReceiveMessageAsync(
        Chat chat, string group, ChatUpdate.MessageSent update, CancellationToken cancellationToken)
    {
        if (!await IsKnownAsync(chat, group, update.MessageId, cancellationToken))
        {
            await StoreMessageAsync(chat, group, update, cancellationToken);
        }
        else if (await FindMessageAsync(chat, group, update.MessageId, cancellationToken) is { LastEditedTime: not null } existing
            && !existing.Versions.Any(version => version.CapturedAt == update.At && version.Sequence == 0))
        {
            // The edit arrived before the original: the original is added to the history.
            existing.ObserveEdit(update.Text, new(update.At), chat.Service);
        }
    }

    private async Task EditMessageAsync(
        Chat chat, string group, ChatUpdate.MessageEdited update, CancellationToken cancellationToken)
    {
        if (!await IsKnownAsync(chat, group, update.MessageId, cancellationToken))
        {
            var original = new ChatUpdate.MessageSent(update.MessageId, update.User, update.Text, null, update.SentAt)
            {
                Sequence = update.Sequence,
            };
            (await StoreMessageAsync(chat, group, original, cancellationToken)).RecordEdit(update.Time);
        }
        else if (await FindMessageAsync(chat, group, update.MessageId, cancellationToken) is { } existing)
        {
            existing.ObserveEdit(update.Text, update.Time, chat.Service);
        }
    }

    private async Task<Message> StoreMessageAsync(
        Chat chat, string group, ChatUpdate.MessageSent update, CancellationToken cancellationToken)
    {
        var writer = await EnsureParticipantAsync(chat, update.User, null, update.Time, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        var parent = update.ReplyTo is null ? null : await FindMessageAsync(chat, group, update.ReplyTo, cancellationToken);
        var target = parent is null ? MessageTarget.Channel(chat.ChannelId!.Value) : MessageTarget.Thread(parent.Id);
        var context = await SendContextQueries.Find(db, target, null).FirstAsync(cancellationToken);
        var isBlacklisted = await db.Blacklist.AnyAsync(
            entry => entry.ChannelId == chat.ChannelId && entry.UserId == writer.UserId, cancellationToken);
        var message = Message.Send(
            context.Channel,
            writer.User,
            new MessageContent(update.Text, null, null, null),
            new ThreadPosition(context.ThreadId, context.ParentId, context.NestedLevel),
            context.Channel.Broadcasts(isBlacklisted),
            update.At);
        await db.Messages.AddAsync(message, cancellationToken);
        db.ChatMessageLinks.Add(ChatMessageLink.Create(chat, group, update.MessageId, message.Id));
        return message;
    }

    /// <summary>Adds the user as a participant and as a member of the channel, unless they are.</summary>
    private async Task<Participant> EnsureParticipantAsync(
        Chat chat, ExternalUser external, Guid? invitedBy, ServiceTime at, CancellationToken cancellationToken)
    {
        var user = await GetOrCreateUserAsync(chat, external, cancellationToken);
        var existing = await FindParticipantAsync(chat, user, cancellationToken);
        var formerName = existing is null ? null : NameOf(existing, external);
        var participant = chat.ObserveJoined(existing, user, PropertiesOf(external), invitedBy, at);

        // The display name follows the name on the service until it is changed here.
        if (user.DisplayName == formerName)
        {
            user.Rename(NameOf(participant, external));
        }

        if (participant.IsActive)
        {
            await db.JoinChannelAsync(chat, user, clock.UtcNow(), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return participant;
    }

    private Task<Participant?> FindParticipantAsync(Chat chat, User user, CancellationToken cancellationToken) => db.Participants
        .Include(participant => participant.User).Include(participant => participant.Participations)
        .FirstOrDefaultAsync(participant => participant.ChatId == chat.Id && participant.UserId == user.Id, cancellationToken);

    /// <summary>Whether the message was received before; it may be deleted since.</summary>
    private Task<bool> IsKnownAsync(Chat chat, string group, string externalId, CancellationToken cancellationToken) =>
        LinksOf(chat, group, externalId).AnyAsync(cancellationToken);

    private Task<Message?> FindMessageAsync(Chat chat, string group, string externalId, CancellationToken cancellationToken) =>
        LinksOf(chat, group, externalId)
            .SelectMany(link => db.Messages.Where(message => message.Id == link.MessageId))
            .Include(message => message.Versions)
            .FirstOrDefaultAsync(cancellationToken);

    private IQueryable<ChatMessageLink> LinksOf(Chat chat, string group, string externalId) => db.ChatMessageLinks
        .Where(link => link.ChatId == chat.Id && link.ChatExternalId == group && link.ExternalId == externalId);

    /// <summary>The user of this server that represents the external user; created on first use.</summary>
    private async Task<User> GetOrCreateUserAsync(Chat chat, ExternalUser external, CancellationToken cancellationToken)
    {
        var name = ExternalUsers.NameOf(chat.Service, external.Id);
        if (await db.Users.FirstOrDefaultAsync(user => user.Name == name, cancellationToken) is { } existing)
        {
            return existing;
        }

        var created = User.Create(
            application.Id,
            name,
            ExternalUsers.DisplayNameOf(external),
            isGuest: false,
            properties: null,
            clock.UtcNow(),
            external.IsBot ? UserType.Bot : UserType.Person);
        await db.Users.AddAsync(created, cancellationToken);
        return created;
    }

    private static string NameOf(Participant participant, ExternalUser external) => ExternalUsers.DisplayNameOf(
        external with { Firstname = participant.Firstname, Lastname = participant.Lastname, Username = participant.Username });

    private static UserProperties PropertiesOf(ExternalUser external) => new(external.Firstname, external.Lastname, external.Username);
}
