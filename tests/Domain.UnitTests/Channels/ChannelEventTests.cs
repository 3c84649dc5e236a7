using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Channels;

internal sealed class ChannelEventTests
{
    [Test]
    public void Creating_a_standalone_thread_raises_an_event()
    {
        var channel = New();

        var thread = channel.CreateThread("side", null, TestUsers.Now);

        Assert.That((thread.Type, thread.Name, thread.Properties), Is.EqualTo((ThreadType.Standalone, "side", "{}")));
        Assert.That(Types(channel), Is.EqualTo(["thread.created"]));
    }

    [TestCase(true, new[] { "ephemeral.event" })]
    [TestCase(false, new string[0])]
    public void Only_an_active_channel_sends_events(bool active, string[] types)
    {
        var channel = New(active);

        channel.SendEvent("wave", "{}", TestUsers.Now);

        Assert.That(Types(channel), Is.EqualTo(types));
    }

    [TestCase(true, false, new[] { "ephemeral.keystrokes" })]
    [TestCase(false, false, new string[0])]
    [TestCase(true, true, new string[0])]
    public void Keystrokes_are_sent_where_a_message_would_be_broadcast(bool active, bool blacklisted, string[] types)
    {
        var channel = New(active);

        Assert.That(channel.SendKeystrokes(TestUsers.User(2), 1, "x", isMember: true, blacklisted, TestUsers.Now).IsSuccess);
        Assert.That(Types(channel), Is.EqualTo(types));
    }

    [Test]
    public void Keystrokes_require_membership()
    {
        var channel = New();

        Assert.That(
            channel.SendKeystrokes(TestUsers.User(2), 1, "x", isMember: false, isBlacklisted: false, TestUsers.Now).Error,
            Is.EqualTo(ChannelErrors.NotAMember));
        Assert.That(channel.DomainEvents, Is.Empty);
    }

    [Test]
    public void Muting_twice_changes_nothing()
    {
        var channel = New();
        var member = channel.Members.Single();

        channel.Mute(member, isMuted: true);
        channel.Mute(member, isMuted: true);
        channel.Mute(member, isMuted: false);

        Assert.That(member.IsMuted, Is.False);
        Assert.That(Types(channel), Is.EqualTo(["channel.muted", "channel.unmuted"]));
    }

    private static Channel New(bool active = true)
    {
        var channel = TestUsers.Group(ChannelType.Public, TestUsers.User(1));
        channel.SetActive(active, TestUsers.Now);
        channel.ClearDomainEvents();
        return channel;
    }

    private static IEnumerable<string> Types(Channel channel) => channel.DomainEvents.Select(domainEvent => domainEvent.Type);
}
