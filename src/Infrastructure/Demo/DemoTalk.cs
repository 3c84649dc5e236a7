using System.Globalization;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Demo;

/// <summary>A message before it has an id.</summary>
internal sealed record DemoLine(DateTime At, DemoChannel Channel, User? Sender, string Body, MessageFile? File, DemoLine? Answers);

/// <summary>What is said over the days: conversations of a few people each, starting when the channel's rhythm lets them.</summary>
internal sealed class DemoTalk(Random random, DateTime start, DateTime now)
{
    private const int LongestConversation = 16;

    /// <summary>Everything said from the start until now, oldest first.</summary>
    public List<DemoLine> Lines(IReadOnlyList<DemoChannel> channels)
    {
        var lines = new List<DemoLine>();
        for (var day = start.Date; day <= now; day = day.AddDays(1))
        {
            // The community grows: the last days are nearly twice as busy as the first.
            var growth = 0.7 + 0.6 * (day - start).TotalDays / (now - start).TotalDays;
            foreach (var channel in channels)
            {
                var conversations = channel.Plan.Rhythm.Conversations(random, day, channel.Plan.DailyConversations * growth);
                for (var i = 0; i < conversations; i++)
                {
                    Converse(channel, channel.Plan.Rhythm.Moment(random, day), lines);
                }
            }

            if (day.DayOfWeek is DayOfWeek.Monday)
            {
                lines.Add(new DemoLine(day.AddHours(9), channels[0], null, DemoPeople.Pick(random, DemoPhrases.Announcements), null, null));
            }
        }

        lines.RemoveAll(line => line.At < start || line.At > now);
        return [.. lines.OrderBy(line => line.At)];
    }

    private void Converse(DemoChannel channel, DateTime at, List<DemoLine> lines)
    {
        if (channel.Plan.ClosedDaysAgo is { } days && at > now.AddDays(-days))
        {
            return;
        }

        var speakers = Speakers(channel, at);
        if (speakers.Count == 0)
        {
            return;
        }

        var topic = DemoPeople.Pick(random, channel.Plan.Topics);
        var opening = Sentence(string.Format(CultureInfo.InvariantCulture, DemoPeople.Pick(random, DemoPhrases.Openings), topic));
        var said = new List<DemoLine> { new(at, channel, speakers[0], opening, FileOrNone(), null) };
        var length = 1 + (int)(LongestConversation * Math.Pow(random.NextDouble(), 2));
        while (said.Count < length)
        {
            at = at.AddSeconds(4 + 150 * random.NextDouble());
            var answered = random.NextDouble() < 0.3 ? DemoPeople.Pick(random, said) : null;
            var sender = DemoPeople.Pick(random, speakers);
            said.Add(new DemoLine(at, channel, sender, DemoPeople.Pick(random, DemoPhrases.Answers), null, answered));
        }

        lines.AddRange(said);
    }

    /// <summary>Some of those who are members by then; who stands first among the members comes most often.</summary>
    private List<User> Speakers(DemoChannel channel, DateTime at)
    {
        var speakers = new HashSet<User>();
        for (var tries = random.Next(3, 8); tries > 0; tries--)
        {
            var (user, since) = channel.Members[(int)(channel.Members.Count * Math.Pow(random.NextDouble(), 2.2))];
            if (since <= at)
            {
                speakers.Add(user);
            }
        }

        return [.. speakers];
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
