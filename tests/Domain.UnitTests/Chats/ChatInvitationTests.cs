using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Users;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Chats;

public sealed class ChatInvitationTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Invitation_allows_its_maximum_number_of_uses()
    {
        var chat = Invited(expiresAt: null, maxUses: 2);

        Assert.That(Follow(chat, "alice").IsSuccess);
        Assert.That(Follow(chat, "bob").IsSuccess);
        Assert.That(Follow(chat, "carol").Error, Is.EqualTo(ChatErrors.InvitationUsedUp));
        Assert.That(chat.GetInvitation(Now).Error, Is.EqualTo(ChatErrors.InvitationUsedUp));
        Assert.That(chat.Participants, Has.Count.EqualTo(2));
    }

    [Test]
    public void Active_participant_does_not_use_up_the_invitation()
    {
        var chat = Invited(expiresAt: null, maxUses: 1);
        var alice = Person("alice");
        var participant = chat.Accept(chat.Invitations[^1], null, alice, Now).Value;

        Assert.That(chat.Accept(chat.Invitations[^1], participant, alice, Now).Value, Is.SameAs(participant));
        Assert.That(chat.Invitations[^1].Uses, Is.EqualTo(1));
        Assert.That(participant.Participations, Has.Count.EqualTo(1));
    }

    [Test]
    public void Invitation_expires_at_its_expiry_time()
    {
        var chat = Invited(expiresAt: Now.AddHours(1), maxUses: null);

        Assert.That(chat.GetInvitation(Now.AddHours(1).AddTicks(-1)).IsSuccess);
        Assert.That(chat.GetInvitation(Now.AddHours(1)).Error, Is.EqualTo(ChatErrors.InvitationExpired));
    }

    [Test]
    public void New_invitation_revokes_the_old_one()
    {
        var chat = Invited(null, null);
        var old = chat.Invitations[^1];

        chat.ReplaceInvitation("/i/new", null, null, Now);

        Assert.That(chat.GetInvitation(Now).Value.Link, Is.EqualTo("/i/new"));
        Assert.That(chat.Accept(old, null, Person("alice"), Now).Error, Is.EqualTo(ChatErrors.InvitationRevoked));
        Assert.That(chat.Invitations.Count(invitation => invitation.RevokedAt is null), Is.EqualTo(1));
    }

    private static Chat Invited(DateTime? expiresAt, int? maxUses)
    {
        var chat = Chat.Register(1, "internal", null, "Tuesday", null, null, Now);
        chat.Activate(Channel.CreateGroup(1, ChannelType.Private, null, null, null, null, Now), link: null, Now);
        chat.ReplaceInvitation("/i/x", expiresAt, maxUses, Now);
        return chat;
    }

    private static ChatPlatform.Domain.Common.Result<Participant> Follow(Chat chat, string name) =>
        chat.Accept(chat.Invitations[^1], null, Person(name), Now);

    private static User Person(string name) => User.Create(1, name, name, false, null, Now);
}
