using ChatPlatform.Application.Common;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Makes what a service tells part of a chat and of its channel. The chat is held by its lock.</summary>
internal sealed class ChatIntake(IChatDbContext db, ICurrentApplication application, TimeProvider clock)
{
    public Task TakeAsync(Chat chat, ChatNews news, CancellationToken cancellationToken) => news switch
    {
        ChatNews.Joined joined => JoinAsync(chat, joined, cancellationToken),
        ChatNews.Left left => LeaveAsync(chat, left, cancellationToken),
        ChatNews.Retitled retitled => RetitleAsync(chat, retitled, cancellationToken),
        ChatNews.Said said => SayAsync(chat, said, cancellationToken),
        ChatNews.Edited edited => EditAsync(chat, edited, cancellationToken),
        _ => Note(chat, news),
    };

    private static Task Note(Chat chat, ChatNews news)
    {
        switch (news)
        {
            case ChatNews.Moved moved:
                chat.MoveTo(moved.ChatExternalId);
                break;
            case ChatNews.Lost lost:
                chat.NoteFailure(lost.Reason);
                break;
            case ChatNews.Found:
                chat.NoteSuccess();
                break;
            default:
                throw new InvalidOperationException($"Nobody takes in {news.GetType().Name}.");
        }

        return Task.CompletedTask;
    }

    private async Task JoinAsync(Chat chat, ChatNews.Joined news, CancellationToken cancellationToken)
    {
        var inviter = news.InvitedBy is null ? null : await SeeAsync(chat, news.InvitedBy, null, news.At, cancellationToken);
        await SeeAsync(chat, news.Who, inviter?.Id, news.At, cancellationToken);
    }

    private async Task LeaveAsync(Chat chat, ChatNews.Left news, CancellationToken cancellationToken)
    {
        var user = await UserOfAsync(chat, news.Who, cancellationToken);
        var participant = chat.ObserveLeft(
            await FindAsync(chat, user, cancellationToken), user, PropertiesOf(news.Who), news.At);
        if (!participant.IsActive)
        {
            await db.LeaveChannelAsync(chat, user.Id, cancellationToken);
        }
    }

    private async Task RetitleAsync(Chat chat, ChatNews.Retitled news, CancellationToken cancellationToken)
    {
        if (chat.NoteTitle(news.Title, news.At, chat.Service))
        {
            var channel = await db.Channels.FirstAsync(c => c.Id == chat.ChannelId, cancellationToken);
            channel.Rename(news.Title, clock.UtcNow());
        }
    }

    private async Task SayAsync(Chat chat, ChatNews.Said news, CancellationToken cancellationToken)
    {
        if (await FindMessageAsync(chat, news.MessageId, cancellationToken) is { } known)
        {
            // Only an edit that was told first leaves the original to be told.
            if (known.LastEditedTime is not null
                && !await db.MessageVersions.AnyAsync(v => v.MessageId == known.Id && v.CapturedAt == news.At, cancellationToken))
            {
                known.Edit(news.Text, news.At, chat.Service);
            }

            return;
        }

        await StoreAsync(chat, news, cancellationToken);
    }

    private async Task EditAsync(Chat chat, ChatNews.Edited news, CancellationToken cancellationToken)
    {
        if (await FindMessageAsync(chat, news.MessageId, cancellationToken) is { } known)
        {
            known.Edit(news.Text, news.At, chat.Service);
            return;
        }

        var said = new ChatNews.Said(news.MessageId, news.Who, news.Text, null, news.SaidAt);
        (await StoreAsync(chat, said, cancellationToken)).NoteEdited(news.At);
    }

    private async Task<Message> StoreAsync(Chat chat, ChatNews.Said news, CancellationToken cancellationToken)
    {
        var writer = await SeeAsync(chat, news.Who, null, news.At, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        var answered = news.ReplyTo is null ? null : await FindMessageAsync(chat, news.ReplyTo, cancellationToken);
        var target = answered is null ? MessageTarget.Channel(chat.ChannelId!.Value) : MessageTarget.Thread(answered.Id);
        var place = await MessagePlaces.Read(db, target, null).FirstAsync(cancellationToken);
        var isBlacklisted = await db.Blacklist.AnyAsync(
            entry => entry.ChannelId == chat.ChannelId && entry.UserId == writer.UserId, cancellationToken);
        var message = Message.Send(
            place.Channel,
            writer.User,
            new MessageContent(news.Text, null, null, null),
            new MessagePlace(place.ThreadId, place.ParentId, place.NestedLevel),
            place.Channel.Broadcasts(isBlacklisted),
            news.At);
        await db.Messages.AddAsync(message, cancellationToken);
        db.ChatMessageLinks.Add(ChatMessageLink.Create(chat.ApplicationId, chat.Id, news.MessageId, message.Id));
        return message;
    }

    /// <summary>Somebody is there, as a participant and as a member of the channel.</summary>
    private async Task<Participant> SeeAsync(Chat chat, Person who, Guid? invitedBy, DateTime at, CancellationToken cancellationToken)
    {
        var user = await UserOfAsync(chat, who, cancellationToken);
        var participant = chat.ObserveJoined(
            await FindAsync(chat, user, cancellationToken), user, PropertiesOf(who), invitedBy, at);
        if (participant.IsActive)
        {
            await db.EnterChannelAsync(chat, user, clock.UtcNow(), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return participant;
    }

    private Task<Participant?> FindAsync(Chat chat, User user, CancellationToken cancellationToken) => db.Participants
        .Include(participant => participant.User).Include(participant => participant.Participations)
        .FirstOrDefaultAsync(participant => participant.ChatId == chat.Id && participant.UserId == user.Id, cancellationToken);

    private Task<Message?> FindMessageAsync(Chat chat, string externalId, CancellationToken cancellationToken) => db.ChatMessageLinks
        .Where(link => link.ChatId == chat.Id && link.ExternalId == externalId)
        .SelectMany(link => db.Messages.Where(message => message.Id == link.MessageId))
        .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The user of this server who stands for a person of the service; made when they are first heard of.</summary>
    private async Task<User> UserOfAsync(Chat chat, Person who, CancellationToken cancellationToken)
    {
        var name = ServiceUsers.NameOf(chat.Service, who.Id);
        if (await db.Users.FirstOrDefaultAsync(user => user.Name == name, cancellationToken) is { } known)
        {
            return known;
        }

        var made = User.Create(
            application.Id,
            name,
            ServiceUsers.DisplayNameOf(who),
            isGuest: false,
            properties: null,
            clock.UtcNow(),
            who.IsBot ? UserType.Bot : UserType.Person);
        await db.Users.AddAsync(made, cancellationToken);
        return made;
    }

    private static UserProperties PropertiesOf(Person who) => new(who.Firstname, who.Lastname, who.Username);
}
