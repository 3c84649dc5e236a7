using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Messages;

internal sealed class MessageTests
{
    private static readonly MessageFile File = new(FileType.External, "https://example.com/a.png", "a.png", "image/png", 3);

    [TestCase(true, false, MessageType.Text)]
    [TestCase(true, true, MessageType.File)]
    [TestCase(false, false, MessageType.SystemText)]
    [TestCase(false, true, MessageType.SystemFile)]
    public void Type_follows_from_sender_and_content(bool hasSender, bool hasFile, MessageType type) =>
        Assert.That(Send(hasSender, hasFile).Type, Is.EqualTo(type));

    [Test]
    public void A_users_message_counts_one_received_and_one_broadcast() =>
        Assert.That(Send(hasSender: true).DomainEvents.Single().Counts, Is.EqualTo(new MessageCountDelta(TestUsers.Now, 1, 1)));

    [Test]
    public void Message_that_is_not_broadcast_counts_as_received_only() =>
        Assert.That(
            Send(hasSender: true, broadcast: false).DomainEvents.Single().Counts, Is.EqualTo(new MessageCountDelta(TestUsers.Now, 1, 0)));

    [Test]
    public void A_system_message_is_not_counted() =>
        Assert.That(Send(hasSender: false).DomainEvents.Single().Counts, Is.Null);

    private static Message Send(bool hasSender, bool hasFile = false, bool broadcast = true) => Message.Send(
        TestUsers.Group(ChannelType.Public),
        hasSender ? TestUsers.User(1) : null,
        new MessageContent(hasFile ? null : "hello", hasFile ? File : null, null, null),
        new ThreadPosition(1),
        broadcast,
        TestUsers.Now);
}
