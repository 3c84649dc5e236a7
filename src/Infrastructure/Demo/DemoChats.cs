using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.ChatConnectors.Internal;

namespace ChatPlatform.Infrastructure.Demo;

/// <summary>The chats of the generated community: people came, some left, some titles changed, one chat is over.</summary>
internal sealed class DemoChats(long applicationId, DemoPeople people, Random random, DateTime start, DateTime now)
{
    private static readonly (string Title, string? Later, string Description, int? ClosedDaysAgo)[] Plans =
    [
        ("Release 1", "Release 2", "What goes out, and when", null),
        ("Garden party", null, "Food, music, chairs", 30),
        ("Flat hunt", "Flat hunt, second try", "Everybody looks, one signs", null),
        ("Choir", null, "Scores and dates", null),
        ("Weekend in the mountains", "Two weekends in the mountains", "Who drives?", null),
        ("Interview panel", null, "Notes stay in here", null),
    ];

    private readonly InternalChatConnector _connector = new();

    public List<(Chat Chat, DemoChannel Channel)> Open(Action<Channel> add) => [.. Plans.Index().Select(plan =>
    {
        var opened = start.AddDays(plan.Index).AddHours(10);
        var channel = Channel.CreateGroup(applicationId, ChannelType.Private, null, plan.Item.Title, null, null, opened);
        add(channel);
        return Open(channel, plan.Item, opened);
    })];

    private (Chat Chat, DemoChannel Channel) Open(
        Channel channel, (string Title, string? Later, string Description, int? ClosedDaysAgo) plan, DateTime opened)
    {
        var host = people.People[random.Next(1, 20)];
        var chat = Chat.Register(applicationId, IChatConnector.Internal, null, plan.Title, host.Name, plan.Description, opened);
        chat.Activate(channel, _connector.GenerateLink(chat), opened);
        var members = LetIn(chat, channel, host, opened);
        if (plan.Later is { } later)
        {
            chat.RecordTitle(later, opened.AddDays(40));
            channel.Rename(later, opened.AddDays(40));
        }

        if (plan.ClosedDaysAgo is { } days)
        {
            chat.Close(now.AddDays(-days));
        }

        var talk = new DemoChannelPlan(
            plan.Title,
            plan.Title,
            ChannelType.Private,
            DemoRhythm.AllDay,
            DailyConversations: 1,
            Share: 0,
            Topics: [plan.Title.ToLowerInvariant(), "the list", "the date"],
            ClosedDaysAgo: plan.ClosedDaysAgo);
        return (chat, new DemoChannel(talk, channel, members, null));
    }

    private List<(User, DateTime)> LetIn(Chat chat, Channel channel, User host, DateTime opened)
    {
        var members = new List<(User, DateTime)>();
        Guid? inviter = null;
        var guests = Enumerable.Range(0, random.Next(4, 12)).Select(_ => DemoPeople.Pick(random, people.People));
        foreach (var user in guests.Prepend(host).Distinct())
        {
            var since = (user.CreatedTime > opened ? user.CreatedTime : opened).AddMinutes(members.Count * 7);
            var participant = chat.AddParticipant(null, user, inviter, since).Value;
            inviter ??= participant.Id;
            if (members.Count > 3 && random.Next(3) == 0 && since.AddDays(2) < now)
            {
                chat.RemoveParticipant(participant, since.AddDays(2));
            }
            else
            {
                channel.Join(user, isMember: false, since);
                members.Add((user, since));
            }
        }

        return members;
    }
}
