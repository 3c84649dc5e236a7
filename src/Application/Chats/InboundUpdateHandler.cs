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
    public Task HandleAsync(Chat chat, ChatUpdate update, CancellationToken cancellationToken) => update switch
    {
        ChatUpdate.Joined joined => JoinAsync(chat, joined, cancellationToken),
        ChatUpdate.Left left => LeaveAsync(chat, left, cancellationToken),
        ChatUpdate.Renamed renamed => RenameAsync(chat, renamed, cancellationToken),
        ChatUpdate.MessageSent sent => ReceiveMessageAsync(chat, sent, cancellationToken),
        ChatUpdate.MessageEdited edited => EditMessageAsync(chat, edited, cancellationToken),
        _ => UpdateState(chat, update),
    };

    private static Task UpdateState(Chat chat, ChatUpdate update)
    {
        switch (update)
        {
            case ChatUpdate.Moved moved:
                chat.MoveTo(moved.ChatExternalId);
                break;
            case ChatUpdate.AccessLost lost:
                chat.RecordFailure(lost.Reason);
                break;
            case ChatUpdate.AccessRestored:
                chat.RecordSuccess();
                break;
            default:
                throw new InvalidOperationException($"Unknown update {update.GetType().Name}.");
        }

        return Task.CompletedTask;
    }

    private async Task JoinAsync(Chat chat, ChatUpdate.Joined update, CancellationToken cancellationToken)
    {
        var inviter = update.InvitedBy is null
            ? null
            : await EnsureParticipantAsync(chat, update.InvitedBy, null, update.At, cancellationToken);
        await EnsureParticipantAsync(chat, update.User, inviter?.Id, update.At, cancellationToken);
    }

    private async Task LeaveAsync(Chat chat, ChatUpdate.Left update, CancellationToken cancellationToken)
    {
        var user = await GetOrCreateUserAsync(chat, update.User, cancellationToken);
        var participant = chat.ObserveLeft(
            await FindParticipantAsync(chat, user, cancellationToken), user, PropertiesOf(update.User), update.At);
        if (!participant.IsActive)
        {
            await db.LeaveChannelAsync(chat, user.Id, clock.UtcNow(), cancellationToken);
        }
    }

    private async Task RenameAsync(Chat chat, ChatUpdate.Renamed update, CancellationToken cancellationToken)
    {
        if (chat.RecordTitle(update.Title, update.At, chat.Service))
        {
            var channel = await db.Channels.FirstAsync(c => c.Id == chat.ChannelId, cancellationToken);
            channel.Rename(update.Title, clock.UtcNow());
        }
    }

    private async Task ReceiveMessageAsync(Chat chat, ChatUpdate.MessageSent update, CancellationToken cancellationToken)
    {
        if (await FindMessageAsync(chat, update.MessageId, cancellationToken) is { } existing)
        {
            // An edit may arrive before the original: then the original is added to the history.
            if (existing.LastEditedTime is not null
                && !await db.MessageVersions.AnyAsync(v => v.MessageId == existing.Id && v.CapturedAt == update.At, cancellationToken))
            {
                existing.Edit(update.Text, update.At, chat.Service);
            }

            return;
        }

        await StoreMessageAsync(chat, update, cancellationToken);
    }

    private async Task EditMessageAsync(Chat chat, ChatUpdate.MessageEdited update, CancellationToken cancellationToken)
    {
        if (await FindMessageAsync(chat, update.MessageId, cancellationToken) is { } existing)
        {
            existing.Edit(update.Text, update.At, chat.Service);
            return;
        }

        var original = new ChatUpdate.MessageSent(update.MessageId, update.User, update.Text, null, update.SentAt);
        (await StoreMessageAsync(chat, original, cancellationToken)).RecordEdit(update.At);
    }

    private async Task<Message> StoreMessageAsync(Chat chat, ChatUpdate.MessageSent update, CancellationToken cancellationToken)
    {
        var writer = await EnsureParticipantAsync(chat, update.User, null, update.At, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        var parent = update.ReplyTo is null ? null : await FindMessageAsync(chat, update.ReplyTo, cancellationToken);
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
        db.ChatMessageLinks.Add(ChatMessageLink.Create(chat.ApplicationId, chat.Id, update.MessageId, message.Id));
        return message;
    }

    /// <summary>Adds the user as a participant and as a member of the channel, unless they are.</summary>
    private async Task<Participant> EnsureParticipantAsync(
        Chat chat, ExternalUser external, Guid? invitedBy, DateTime at, CancellationToken cancellationToken)
    {
        var user = await GetOrCreateUserAsync(chat, external, cancellationToken);
        var participant = chat.ObserveJoined(
            await FindParticipantAsync(chat, user, cancellationToken), user, PropertiesOf(external), invitedBy, at);
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

    private Task<Message?> FindMessageAsync(Chat chat, string externalId, CancellationToken cancellationToken) => db.ChatMessageLinks
        .Where(link => link.ChatId == chat.Id && link.ExternalId == externalId)
        .SelectMany(link => db.Messages.Where(message => message.Id == link.MessageId))
        .FirstOrDefaultAsync(cancellationToken);

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

    private static UserProperties PropertiesOf(ExternalUser external) => new(external.Firstname, external.Lastname, external.Username);
}
