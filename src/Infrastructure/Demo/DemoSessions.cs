using ChatPlatform.Domain.Sessions;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Demo;

/// <summary>The connections behind what was said: a user is there from shortly before a stretch of talk until shortly after it.</summary>
internal sealed class DemoSessions(Random random, DateTime now)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(45);

    private static readonly string[] Programs =
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "ChatDemo/3.2 (iOS 19.1)", "ChatDemo/3.2 (Android 16)",
    ];

    /// <summary>Sessions in the order of their starts, and who was in which channel during them.</summary>
    public (List<UserSession> Users, List<ChatSession> Chats) Of(IEnumerable<DemoLine> lines)
    {
        var users = new List<UserSession>();
        var chats = new List<ChatSession>();
        foreach (var own in lines.Where(line => line.Sender is not null).GroupBy(line => line.Sender!))
        {
            foreach (var stretch in Stretches(own))
            {
                users.Add(Connect(own.Key, stretch, chats));
            }
        }

        return ([.. users.OrderBy(session => session.CreatedTime)], [.. chats.OrderBy(session => session.CreatedTime)]);
    }

    private UserSession Connect(User user, List<DemoLine> stretch, List<ChatSession> chats)
    {
        var session = UserSession.Start(user, DemoPeople.Pick(random, Programs), stretch[0].At.AddSeconds(-random.Next(20, 600)));
        var end = stretch[^1].At.AddSeconds(random.Next(60, 1_500));
        foreach (var inside in stretch.GroupBy(line => line.Channel.Channel))
        {
            var chat = ChatSession.Record(session, inside.Key.Id, inside.First().At.AddSeconds(-random.Next(5, 20)));
            chats.Add(chat);
            if (end <= now)
            {
                chat.End(end);
            }
        }

        if (end <= now)
        {
            session.End(end);
        }
        else
        {
            // Who would still be there is online for as long as somebody may look.
            session.Touch(now.AddDays(1));
        }

        return session;
    }

    private static IEnumerable<List<DemoLine>> Stretches(IEnumerable<DemoLine> lines)
    {
        List<DemoLine> stretch = [];
        foreach (var line in lines)
        {
            if (stretch.Count > 0 && line.At - stretch[^1].At > Silence)
            {
                yield return stretch;
                stretch = [];
            }

            stretch.Add(line);
        }

        yield return stretch;
    }
}
