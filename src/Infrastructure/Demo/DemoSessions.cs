using ChatPlatform.Domain.Sessions;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Demo;

/// <summary>Sessions around the messages: each lasts from shortly before a period of activity until shortly after it.</summary>
internal sealed class DemoSessions(Random random, DateTime now)
{
    private static readonly TimeSpan SessionGap = TimeSpan.FromMinutes(45);

    private static readonly string[] UserAgents =
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "ChatDemo/3.2 (iOS 19.1)", "ChatDemo/3.2 (Android 16)",
    ];

    /// <summary>User sessions and their chat sessions, ordered by start.</summary>
    public (List<UserSession> Users, List<ChatSession> Chats) Of(IEnumerable<DemoMessage> messages)
    {
        var users = new List<UserSession>();
        var chats = new List<ChatSession>();
        foreach (var own in messages.Where(message => message.Sender is not null).GroupBy(message => message.Sender!))
        {
            foreach (var period in ActivityPeriods(own))
            {
                users.Add(Connect(own.Key, period, chats));
            }
        }

        return ([.. users.OrderBy(session => session.CreatedTime)], [.. chats.OrderBy(session => session.CreatedTime)]);
    }

    private UserSession Connect(User user, List<DemoMessage> period, List<ChatSession> chats)
    {
        var session = UserSession.Start(user, DemoUsers.Pick(random, UserAgents), period[0].At.AddSeconds(-random.Next(20, 600)));
        var end = period[^1].At.AddSeconds(random.Next(60, 1_500));
        foreach (var channel in period.GroupBy(message => message.Channel.Channel))
        {
            var chat = ChatSession.Record(session, channel.Key.Id, channel.First().At.AddSeconds(-random.Next(5, 20)));
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
            // Current users stay online for a day.
            session.Touch(now.AddDays(1));
        }

        return session;
    }

    private static IEnumerable<List<DemoMessage>> ActivityPeriods(IEnumerable<DemoMessage> messages)
    {
        List<DemoMessage> period = [];
        foreach (var message in messages)
        {
            if (period.Count > 0 && message.At - period[^1].At > SessionGap)
            {
                yield return period;
                period = [];
            }

            period.Add(message);
        }

        yield return period;
    }
}
