using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Channels;

internal sealed class ChannelTests
{
    [Test]
    public void Group_without_a_name_gets_a_random_one()
    {
        var channel = Channel.CreateGroup(1, ChannelType.Public, null, null, null, null, TestUsers.Now);

        Assert.That(Guid.TryParse(channel.Name, out _), channel.Name);
        Assert.That(channel.DisplayName, Is.EqualTo(channel.Name));
        Assert.That((channel.Active, channel.Properties), Is.EqualTo((true, "{}")));
    }

    [Test]
    public void A_new_channel_has_its_main_thread_and_its_creator_as_a_member()
    {
        var creator = TestUsers.User(7);
        var channel = TestUsers.Group(ChannelType.Private, creator);

        Assert.That(channel.Threads.Select(thread => thread.Type), Is.EqualTo(new[] { ThreadType.Main }));
        Assert.That(channel.Members.Select(member => member.User), Is.EqualTo(new[] { creator }));
        Assert.That(
            channel.DomainEvents.Select(domainEvent => domainEvent.Type),
            Is.EqualTo(new[] { "channel.created", "channel.member_joined" }));
    }

    [Test]
    public void Direct_channel_is_identified_by_its_members()
    {
        var (ada, bob) = (TestUsers.User(12), TestUsers.User(5));

        var channel = Channel.CreateDirect(1, [ada, bob, ada], bob, null, TestUsers.Now).Value;

        Assert.That(channel.DirectKey, Is.EqualTo("5,12"));
        Assert.That(channel.Members, Has.Count.EqualTo(2));
        Assert.That(channel.Name, Is.Null);
    }

    [TestCase(0, "channel.direct_empty")]
    [TestCase(11, "channel.direct_too_large")]
    public void A_direct_channel_has_one_to_ten_members(int members, string error) =>
        Assert.That(
            Channel.CreateDirect(1, [.. Enumerable.Range(1, members).Select(id => TestUsers.User(id))], null, null, TestUsers.Now)
                .Error?.Code,
            Is.EqualTo(error));

    [Test]
    public void Members_of_a_direct_channel_cannot_change()
    {
        var channel = Channel.CreateDirect(1, [TestUsers.User(1), TestUsers.User(2)], null, null, TestUsers.Now).Value;

        Assert.That(channel.Join(TestUsers.User(3), isMember: false, TestUsers.Now).Error, Is.EqualTo(ChannelErrors.DirectIsClosed));
        Assert.That(channel.Leave(channel.Members.First()).Error, Is.EqualTo(ChannelErrors.DirectIsClosed));
    }

    [Test]
    public void Joining_twice_changes_nothing()
    {
        var channel = TestUsers.Group(ChannelType.Public);
        var user = TestUsers.User(1);
        channel.Join(user, isMember: false, TestUsers.Now);

        var again = channel.Join(user, isMember: true, TestUsers.Now);

        Assert.That((again.IsSuccess, again.Value), Is.EqualTo((true, (ChannelMember?)null)));
        Assert.That(channel.Members, Has.Count.EqualTo(1));
    }

    [TestCase(ChannelType.Public, true)]
    [TestCase(ChannelType.Private, false)]
    public void Only_a_public_channel_is_joined_by_sending(ChannelType type, bool joins)
    {
        var channel = TestUsers.Group(type);

        var joined = channel.JoinBySending(TestUsers.User(1), isMember: false, TestUsers.Now);

        Assert.That(joined.IsSuccess, Is.EqualTo(joins));
        Assert.That(channel.Members, Has.Count.EqualTo(joins ? 1 : 0));
    }

    [TestCase(true, false, true)]
    [TestCase(true, true, false)]
    [TestCase(false, false, false)]
    public void Inactive_channels_and_blacklisted_senders_are_not_broadcast(bool active, bool blacklisted, bool broadcasts)
    {
        var channel = TestUsers.Group(ChannelType.Public);
        channel.SetActive(active, TestUsers.Now);

        Assert.That(channel.Broadcasts(blacklisted), Is.EqualTo(broadcasts));
    }
}
