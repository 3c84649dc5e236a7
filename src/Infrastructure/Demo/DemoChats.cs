using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.ChatConnectors.Internal;

namespace ChatPlatform.Infrastructure.Demo;

/// <summary>Creates chats, some with former participants, changed titles or a closed state.</summary>
internal sealed class DemoChats(long applicationId, DemoUsers users, Random random, DateTime start, DateTime now)
{
    private static readonly (string Title, string? NewTitle, string Description, int? ClosedDaysAgo)[] Templates =
    [
        ("Release 1", "Release 2", "What goes out, and when", null),
        ("Garden party", null, "Food, music, chairs", 30),
        ("Flat hunt", "Flat hunt, second try", "All of us look, one signs", null),
        ("Choir", null, "Scores and dates", null),
        ("Weekend in the mountains", "Two weekends in the mountains", "Who drives?", null),
        ("Interview panel", null, "Notes stay in here", null),
    ];

    private readonly InternalChatConnector _connector = new();

    public List<(Chat Chat, DemoChannel Channel)> Create(Action<Channel> add) => [.. Templates.Index().Select(template =>
    {
        var createdTime = start.AddDays(template.Index).AddHours(10);
        var channel = Channel.CreateGroup(applicationId, ChannelType.Private, null, template.Item.Title, null, null, createdTime);
        add(channel);
        return Create(channel, template.Item, createdTime);
    })];

    private (Chat Chat, DemoChannel Channel) Create(
        Channel channel, (string Title, string? NewTitle, string Description, int? ClosedDaysAgo) template, DateTime createdTime)
    {
        var host = users.Registered[random.Next(1, 20)];
        var chat = Chat.Register(
            applicationId, IChatConnector.Internal, null, template.Title, host.Name, template.Description, createdTime);
        chat.Activate(channel, _connector.GenerateLink(chat), createdTime);
        var members = AddParticipants(chat, channel, host, createdTime);
        if (template.NewTitle is { } newTitle)
        {
            chat.RecordTitle(newTitle, new(createdTime.AddDays(40)));
            channel.Rename(newTitle, createdTime.AddDays(40));
        }

        if (template.ClosedDaysAgo is { } days)
        {
            chat.Close(now.AddDays(-days));
        }

        var channelTemplate = new DemoChannelTemplate(
            template.Title,
            template.Title,
            ChannelType.Private,
            DemoRhythm.AllDay,
            DailyConversations: 1,
            Share: 0,
            Topics: [template.Title.ToLowerInvariant(), "the list", "the date"],
            ClosedDaysAgo: template.ClosedDaysAgo);
        return (chat, new DemoChannel(channelTemplate, channel, members, null));
    }

    private List<(User, DateTime)> AddParticipants(Chat chat, Channel channel, User host, DateTime createdTime)
    {
        var members = new List<(User, DateTime)>();
        Guid? inviter = null;
        var guests = Enumerable.Range(0, random.Next(4, 12)).Select(_ => DemoUsers.Pick(random, users.Registered));
        foreach (var user in guests.Prepend(host).Distinct())
        {
            var registered = user.CreatedTime > createdTime ? user.CreatedTime : createdTime;
            var since = DemoChannels.JoinTime(registered.AddMinutes(members.Count * 7), now);
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
