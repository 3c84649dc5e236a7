using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Users;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Chats;

public sealed class ChatTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);

    private static readonly User Alice = User.Create(1, "alice", "Alice Archer", false, null, Now);

    [Test]
    public void Registered_chat_has_only_a_title()
    {
        var chat = Chat.Register(1, "internal", null, "Tuesday", "me", "About Tuesday", Now.AddTicks(12_345));

        Assert.Multiple(() =>
        {
            Assert.That(chat.State, Is.EqualTo(ChatState.Registered));
            Assert.That(chat.IsActive, Is.False);
            Assert.That(chat.RegisteredAt, Is.EqualTo(Now.AddMilliseconds(1)), "truncated to the millisecond");
            Assert.That(chat.Titles.Select(title => title.Value), Is.EqualTo(["Tuesday"]));
            Assert.That(chat.AddParticipant(null, Alice, null, Now).Error, Is.EqualTo(ChatErrors.NotProvisioned));
            Assert.That(chat.ReplaceInvitation("/i/x", null, null, Now).Error, Is.EqualTo(ChatErrors.NotProvisioned));
            Assert.That(chat.GetInvitation(Now).Error, Is.EqualTo(ChatErrors.NoInvitation));
            Assert.That(Types(chat), Is.EqualTo(["chat.registered"]));
        });
    }

    [Test]
    public void Chat_is_activated_once()
    {
        var chat = Registered();
        chat.RecordFailure("not now");

        Assert.That(chat.Activate(Channel(), "/i/x", Now).IsSuccess);
        Assert.That(chat.IsActive);
        Assert.That(chat.LastError, Is.Null);
        Assert.That(chat.Activate(Channel(), "/i/y", Now).Error, Is.EqualTo(ChatErrors.NotRegistered));
        Assert.That(chat.GetInvitation(Now).Value.Link, Is.EqualTo("/i/x"));
    }

    [Test]
    public void Title_history_has_no_repeats()
    {
        var chat = Active();

        chat.Rename("Tuesday", Now.AddMinutes(1));
        chat.Rename("Wednesday", Now.AddMinutes(2));
        chat.Rename("Wednesday", Now.AddMinutes(3));
        chat.Rename("Tuesday", Now.AddMinutes(4));

        Assert.That(chat.Titles.Select(title => title.Value), Is.EqualTo(["Tuesday", "Wednesday", "Tuesday"]));
        Assert.That(chat.Title, Is.EqualTo("Tuesday"));
    }

    [Test]
    public void Rejoining_reuses_the_participant()
    {
        var chat = Active();
        var participant = chat.AddParticipant(null, Alice, null, Now).Value;

        Assert.That(chat.AddParticipant(participant, Alice, null, Now).Error, Is.EqualTo(ChatErrors.AlreadyParticipates));
        Assert.That(chat.RemoveParticipant(participant, Now.AddMinutes(1)).IsSuccess);
        Assert.That(chat.RemoveParticipant(participant, Now.AddMinutes(2)).Error, Is.EqualTo(ChatErrors.ParticipantNotFound));
        Assert.That(chat.AddParticipant(participant, Alice, null, Now.AddMinutes(3)).Value, Is.SameAs(participant));

        Assert.That(chat.Participants, Has.Count.EqualTo(1));
        Assert.That(
            participant.Participations.Select(participation => (participation.JoinedAt, participation.LeftAt)),
            Is.EqualTo(new (DateTime, DateTime?)[] { (Now, Now.AddMinutes(1)), (Now.AddMinutes(3), null) }));
    }

    [Test]
    public void Closed_chat_only_follows_its_channel()
    {
        var chat = Active();
        var participant = chat.AddParticipant(null, Alice, null, Now).Value;

        chat.Close(Now);
        chat.Close(Now);

        Assert.Multiple(() =>
        {
            Assert.That(chat.IsActive, Is.False);
            Assert.That(chat.Rename("Wednesday", Now).Error, Is.EqualTo(ChatErrors.Closed));
            Assert.That(chat.SetDescription("More").Error, Is.EqualTo(ChatErrors.Closed));
            Assert.That(chat.RemoveParticipant(participant, Now).Error, Is.EqualTo(ChatErrors.Closed));
            Assert.That(chat.AddParticipant(null, Alice, null, Now).Error, Is.EqualTo(ChatErrors.Closed));
            Assert.That(chat.GetInvitation(Now).Error, Is.EqualTo(ChatErrors.Closed));
            Assert.That(chat.Invitations.Select(i => i.RevokedAt), Is.All.EqualTo(Now));
            Assert.That(Types(chat).Count(type => type == "chat.closed"), Is.EqualTo(1));
            Assert.That(chat.RecordLeft(participant, Now).IsSuccess, "a member who leaves the channel leaves the closed chat");
        });
    }

    [Test]
    public void Failure_is_truncated()
    {
        var chat = Registered();

        chat.RecordFailure(new string('x', 2_000));

        Assert.That(chat.LastError, Has.Length.EqualTo(Chat.MaxLastError));
    }

    private static Chat Registered() => Chat.Register(1, "internal", null, "Tuesday", null, null, Now);

    private static Chat Active()
    {
        var chat = Registered();
        chat.Activate(Channel(), "/i/x", Now);
        return chat;
    }

    private static Channel Channel() => Domain.Channels.Channel.CreateGroup(1, ChannelType.Private, null, "Tuesday", null, null, Now);

    private static IEnumerable<string> Types(Chat chat) => chat.DomainEvents.Select(domainEvent => domainEvent.Type);
}
