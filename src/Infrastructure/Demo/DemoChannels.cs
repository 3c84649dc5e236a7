using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Demo;

/// <param name="Members">By how much they talk, most first, with the time since when they may.</param>
/// <param name="Muted">The member whom the channel has blacklisted, if any.</param>
internal sealed record DemoChannel(DemoChannelPlan Plan, Channel Channel, IReadOnlyList<(User User, DateTime Since)> Members, User? Muted);

/// <summary>Opens the channels of the generated community and lets people in.</summary>
internal static class DemoChannels
{
    private const int DirectChannels = 30;

    private static readonly DemoChannelPlan Direct =
        new("", "", ChannelType.Direct, DemoRhythm.AllDay, 0.4, 0, ["tonight", "the tickets", "the review", "Friday"]);

    public static List<DemoChannel> Open(long applicationId, DemoPeople people, Random random, DateTime start) =>
    [
        .. DemoPlan.Channels.Select(plan => OpenGroup(applicationId, plan, people, random, start)),
        .. Pairs(people, random).Select(pair => OpenDirect(applicationId, pair.First, pair.Second)),
    ];

    private static DemoChannel OpenGroup(long applicationId, DemoChannelPlan plan, DemoPeople people, Random random, DateTime start)
    {
        var creator = people.People[0];
        var channel = Channel.CreateGroup(applicationId, plan.Type, plan.Name, plan.DisplayName, creator, null, start);
        var members = new List<(User, DateTime)> { (creator, start) };
        foreach (var user in people.All.Where(user => user != creator && (user.IsGuest ? plan.Guests : random.NextDouble() < plan.Share)))
        {
            var since = user.CreatedTime.AddMinutes(random.Next(1, 3 * 24 * 60));
            channel.Join(user, isMember: false, since);
            members.Add((user, since));
        }

        return new DemoChannel(plan, channel, members, plan.Name == "general" ? members[members.Count / 2].Item1 : null);
    }

    private static DemoChannel OpenDirect(long applicationId, User one, User other)
    {
        var since = (one.CreatedTime > other.CreatedTime ? one.CreatedTime : other.CreatedTime).AddHours(1);
        var channel = Channel.CreateDirect(applicationId, [other], one, null, since).Value;
        return new DemoChannel(Direct, channel, [(one, since), (other, since)], null);
    }

    private static IEnumerable<(User First, User Second)> Pairs(DemoPeople people, Random random) => Enumerable.Range(0, DirectChannels)
        .Select(n => (people.People[n], people.People[DirectChannels + random.Next(DemoPeople.Members - DirectChannels)]));
}
