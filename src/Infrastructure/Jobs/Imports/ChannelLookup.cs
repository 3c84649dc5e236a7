using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Existing channels that a batch's items may refer to, and their members.</summary>
internal sealed class ChannelLookup
{
    private readonly Dictionary<string, Channel> _groups;
    private readonly Dictionary<string, Channel> _directs;
    private readonly HashSet<(long Channel, long User)> _members;
    private readonly Dictionary<Channel, int> _drained = [];

    private ChannelLookup(
        IEnumerable<Channel> groups, IEnumerable<Channel> directs, HashSet<(long Channel, long User)> members)
    {
        _groups = groups.ToDictionary(channel => channel.Name!);
        _directs = directs.ToDictionary(channel => channel.DirectKey!);
        _members = members;
    }

    public static async Task<ChannelLookup> FindAsync(
        ImportContext context, IReadOnlyCollection<ChannelItem> items, UserDirectory users, CancellationToken cancellationToken)
    {
        var kinds = items.ToLookup(item => item.Type is ChannelType.Direct);
        var (direct, group) = (kinds[true], kinds[false]);
        var groups = await context.FindChannelsAsync(
            "name = any ({1})", group.Select(item => item.Name).OfType<string>().Distinct().ToArray(), cancellationToken);
        var keys = direct.Select(item => Channel.DirectKeyOf(KnownUserIds(item, users))).Distinct().ToArray();
        var directs = await context.FindChannelsAsync("direct_key = any ({1})", keys, cancellationToken);
        var byName = groups.ToDictionary(channel => channel.Name!);
        var pairs = group
            .Where(item => item.Name is not null && byName.ContainsKey(item.Name))
            .SelectMany(item => KnownUserIds(item, users).Select(user => (byName[item.Name!].Id, user)))
            .Distinct().ToList();
        return new ChannelLookup(groups, directs, await context.FindPairsAsync("channel_members", pairs, cancellationToken));
    }

    public Channel? Group(string name) => _groups.GetValueOrDefault(name);

    public Channel? Direct(string key) => _directs.GetValueOrDefault(key);

    public bool IsMember(Channel channel, User user) => _members.Contains((channel.Id, user.Id));

    public void Add(Channel channel)
    {
        if (channel.Name is null)
        {
            _directs.Add(channel.DirectKey!, channel);
        }
        else
        {
            _groups.Add(channel.Name, channel);
        }
    }

    /// <summary>Members who joined the channel since the last call.</summary>
    public List<ChannelMember> DrainNewMembers(Channel channel)
    {
        var joined = channel.Members.Skip(_drained.GetValueOrDefault(channel)).ToList();
        _drained[channel] = channel.Members.Count;
        _members.UnionWith(joined.Select(member => (channel.Id, member.User.Id)));
        return joined;
    }

    private static IEnumerable<long> KnownUserIds(ChannelItem item, UserDirectory users) => item.Members.Append(item.Creator)
        .Select(users.ByName)
        .Concat(item.MemberKeys.Append(item.CreatorKey).Select(users.ByKey))
        .OfType<User>().Select(user => user.Id);
}
