using System.Globalization;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Demo;

internal sealed record DemoMessage(DateTime At, DemoChannel Channel, User? Sender, string Body, MessageFile? File, DemoMessage? ReplyTo);

/// <summary>Generates conversations of a few users each, at times that follow the channel's rhythm.</summary>
internal sealed class DemoMessages(Random random, DateTime start, DateTime now)
{
    private const int MaxConversationLength = 16;

    /// <summary>All messages from the start until now, oldest first.</summary>
    public List<DemoMessage> Create(IReadOnlyList<DemoChannel> channels)
    {
        var messages = new List<DemoMessage>();
        for (var day = start.Date; day <= now; day = day.AddDays(1))
        {
            // The community grows: the last days are nearly twice as busy as the first.
            var growth = 0.7 + 0.6 * (day - start).TotalDays / (now - start).TotalDays;
            foreach (var channel in channels)
            {
                var conversations = channel.Template.Rhythm.Conversations(random, day, channel.Template.DailyConversations * growth);
                for (var i = 0; i < conversations; i++)
                {
                    AddConversation(channel, channel.Template.Rhythm.Moment(random, day), messages);
                }
            }

            if (day.DayOfWeek is DayOfWeek.Monday)
            {
                var announcement = DemoUsers.Pick(random, DemoPhrases.Announcements);
                messages.Add(new DemoMessage(day.AddHours(9), channels[0], null, announcement, null, null));
            }
        }

        messages.RemoveAll(message => message.At < start || message.At > now);
        return [.. messages.OrderBy(message => message.At)];
    }

    private void AddConversation(DemoChannel channel, DateTime at, List<DemoMessage> messages)
    {
        if (channel.Template.ClosedDaysAgo is { } days && at > now.AddDays(-days))
        {
            return;
        }

        var participants = Participants(channel, at);
        if (participants.Count == 0)
        {
            return;
        }

        var topic = DemoUsers.Pick(random, channel.Template.Topics);
        var opening = Sentence(string.Format(CultureInfo.InvariantCulture, DemoUsers.Pick(random, DemoPhrases.Openings), topic));
        var conversation = new List<DemoMessage> { new(at, channel, participants[0], opening, FileOrNone(), null) };
        var length = 1 + (int)(MaxConversationLength * Math.Pow(random.NextDouble(), 2));
        while (conversation.Count < length)
        {
            at = at.AddSeconds(4 + 150 * random.NextDouble());
            var parent = random.NextDouble() < 0.3 ? DemoUsers.Pick(random, conversation) : null;
            var sender = DemoUsers.Pick(random, participants);
            conversation.Add(new DemoMessage(at, channel, sender, DemoUsers.Pick(random, DemoPhrases.Replies), null, parent));
        }

        messages.AddRange(conversation);
    }

    /// <summary>Some of the members at that time, the most active ones more often.</summary>
    private List<User> Participants(DemoChannel channel, DateTime at)
    {
        var participants = new HashSet<User>();
        for (var tries = random.Next(3, 8); tries > 0; tries--)
        {
            var (user, since) = channel.Members[(int)(channel.Members.Count * Math.Pow(random.NextDouble(), 2.2))];
            if (since <= at)
            {
                participants.Add(user);
            }
        }

        return [.. participants];
    }

    private MessageFile? FileOrNone()
    {
        var number = random.Next(1, 5_000);
        return number > 200
            ? null
            : new MessageFile(
                FileType.External, $"https://files.example/{number}.jpg", $"{number}.jpg", "image/jpeg", Size: 40_000 + 997 * number);
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
