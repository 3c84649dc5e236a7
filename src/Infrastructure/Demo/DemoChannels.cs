using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Demo;

/// <param name="Members">By activity, most active first, each with the time of joining.</param>
/// <param name="Muted">The blacklisted member, if any.</param>
internal sealed record DemoChannel(
    DemoChannelTemplate Template, Channel Channel, IReadOnlyList<(User User, DateTime Since)> Members, User? Muted);

/// <summary>Creates the channels of the generated community with their members.</summary>
internal static class DemoChannels
{
    private const int DirectChannels = 30;

    private static readonly DemoChannelTemplate Direct =
        new("", "", ChannelType.Direct, DemoRhythm.AllDay, 0.4, 0, ["tonight", "the tickets", "the review", "Friday"]);

    public static List<DemoChannel> Create(long applicationId, DemoUsers users, Random random, DateTime start, DateTime now) =>
    [
        .. DemoCatalog.Channels.Select(template => CreateGroup(applicationId, template, users, random, start, now)),
        .. Pairs(users, random).Select(pair => CreateDirect(applicationId, pair.First, pair.Second, now)),
    ];

    /// <summary>Users who registered lately join at once, so that no membership lies in the future.</summary>
    public static DateTime JoinTime(DateTime wanted, DateTime now) => wanted < now ? wanted : now;

    private static DemoChannel CreateGroup(
        long applicationId, DemoChannelTemplate template, DemoUsers users, Random random, DateTime start, DateTime now)
    {
        var creator = users.Registered[0];
        var channel = Channel.CreateGroup(applicationId, template.Type, template.Name, template.DisplayName, creator, null, start);
        var members = new List<(User, DateTime)> { (creator, start) };
        foreach (var user in users.All.Where(user =>
            user != creator && (user.IsGuest ? template.Guests : random.NextDouble() < template.Share)))
        {
            var since = JoinTime(user.CreatedTime.AddMinutes(random.Next(1, 3 * 24 * 60)), now);
            channel.Join(user, isMember: false, since);
            members.Add((user, since));
        }

        return new DemoChannel(template, channel, members, template.Name == "general" ? members[members.Count / 2].Item1 : null);
    }

    private static DemoChannel CreateDirect(long applicationId, User one, User other, DateTime now)
    {
        var since = JoinTime((one.CreatedTime > other.CreatedTime ? one.CreatedTime : other.CreatedTime).AddHours(1), now);
        var channel = Channel.CreateDirect(applicationId, [other], one, null, since).Value;
        return new DemoChannel(Direct, channel, [(one, since), (other, since)], null);
    }

    private static IEnumerable<(User First, User Second)> Pairs(DemoUsers users, Random random) => Enumerable.Range(0, DirectChannels)
        .Select(n => (users.Registered[n], users.Registered[DirectChannels + random.Next(DemoUsers.Members - DirectChannels)]));
}
