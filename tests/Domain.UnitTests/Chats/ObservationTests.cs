using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Chats;

/// <summary>Joins and leaves reported by a service in any order: <c>+3</c> joined, <c>-5</c> left, in minutes.</summary>
public sealed class ObservationTests
{
    private static readonly DateTime Start = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);

    [TestCase("+1", ExpectedResult = "1..")]
    [TestCase("+1 -3", ExpectedResult = "1..3")]
    [TestCase("-3 +1", ExpectedResult = "1..3")]
    [TestCase("+1 +1 +2", ExpectedResult = "1..")]
    [TestCase("+2 +1", ExpectedResult = "1..")]
    [TestCase("+1 -3 +5", ExpectedResult = "1..3 5..")]
    [TestCase("+1 +5 -3", ExpectedResult = "1..", Description = "a leave reported after the rejoin changes nothing")]
    [TestCase("+5 -3", ExpectedResult = "5..")]
    [TestCase("-3 -3", ExpectedResult = "")]
    [TestCase("-4 +3 +1", ExpectedResult = "1..4")]
    [TestCase("+1 -3 -3", ExpectedResult = "1..3")]
    public string Reports_in_any_order(string observations)
    {
        var chat = Chat.Register(1, "telegram", "-100", "Tuesday", null, null, Start);
        chat.Activate(Channel.CreateGroup(1, ChannelType.Private, null, null, null, null, Start), null, Start);
        var user = User.Create(1, "telegram:1", "Ana", false, null, Start);
        var properties = new UserProperties("Ana", null, "ana");
        Participant? ana = null;
        foreach (var report in observations.Split(' '))
        {
            var at = new ServiceTime(Start.AddMinutes(report[1] - '0'));
            ana = report[0] == '+' ? chat.ObserveJoined(ana, user, properties, null, at) : chat.ObserveLeft(ana, user, properties, at);
        }

        Assert.That(chat.Participants, Is.EqualTo([ana]));
        Assert.That(ana!.IsActive, Is.EqualTo(ana.Participations.Any(participation => participation.LeftAt is null)));
        return string.Join(' ', ana.Participations.OrderBy(participation => participation.JoinedAt)
            .Select(participation => $"{(participation.JoinedAt - Start).Minutes}..{(participation.LeftAt - Start)?.Minutes}"));
    }

    [Test]
    public void Repeated_reports_raise_no_event()
    {
        var chat = Chat.Register(1, "telegram", "-100", "Tuesday", null, null, Start);
        var user = User.Create(1, "telegram:1", "Ana", false, null, Start);
        var properties = new UserProperties("Ana", null, null);

        var ana = chat.ObserveJoined(null, user, properties, null, new(Start));
        chat.ObserveJoined(ana, user, properties, null, new(Start.AddMinutes(1)));
        chat.ObserveLeft(ana, user, properties, new(Start.AddMinutes(2)));
        chat.ObserveLeft(ana, user, properties, new(Start.AddMinutes(2)));

        Assert.That(
            chat.DomainEvents.Select(domainEvent => domainEvent.Type),
            Is.EqualTo(["chat.registered", "chat.participant_joined", "chat.participant_left"]));
        Assert.That(
            chat.DomainEvents.OfType<ParticipantLeft>().Single().Origin, Is.EqualTo("telegram"), "the service is not notified back");
    }

    [Test]
    public void Late_title_only_joins_the_history()
    {
        var chat = Chat.Register(1, "telegram", "-100", "Tuesday", null, null, Start);

        Assert.That(chat.RecordTitle("Thursday", new(Start.AddMinutes(3)), "telegram"), Is.True);
        Assert.That(chat.RecordTitle("Wednesday", new(Start.AddMinutes(2)), "telegram"), Is.False);
        Assert.That(chat.Title, Is.EqualTo("Thursday"));
        Assert.That(chat.Rename("Friday", Start.AddMinutes(1)).IsSuccess, "a change made here is current, even if our clock is behind");
        Assert.That(chat.Title, Is.EqualTo("Friday"));
        Assert.That(
            chat.Titles.OrderBy(title => title.CapturedAt).Select(title => title.Value),
            Is.EqualTo(["Tuesday", "Wednesday", "Thursday", "Friday"]));
    }
}
