using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// New channels are opened. One that is there already (a group of that name and type, the DIRECT channel of that set) is taken as it
/// is; a group gets the members that it lacks.
/// </summary>
internal sealed class ChannelImport : IItemImporter<ChannelItem>
{
    public ChannelItem Read(ItemFields fields) => ChannelItem.Read(fields);

    public async Task ImportAsync(
        ImportSession session, ImportBatch<ChannelItem> batch, BatchRows rows, CancellationToken cancellationToken)
    {
        var known = await session.FindKeysAsync(JobType.ChannelImport, batch.Keys, cancellationToken);
        var items = batch.Items
            .Where(item => item.Value is not null && (item.Key is null || !known.ContainsKey(item.Key))).ToList();
        var users = await session.FindUsersAsync(items.SelectMany(item => item.Value!.People), cancellationToken);
        var there = await ChannelsThere.FindAsync(session, items.Select(item => item.Value!), users, cancellationToken);
        await session.Ids.ReserveChannelsAsync(session.Connection, items.Count, cancellationToken);
        var now = session.Clock.UtcNow();
        foreach (var item in batch.Items)
        {
            if (item.Value is not { } value)
            {
                continue;
            }

            if (item.Key is not null && known.ContainsKey(item.Key))
            {
                batch.Skip();
                continue;
            }

            var opened = Open(session.Job.ApplicationId, value, users, there, value.CreatedTime ?? now);
            if (!opened.IsSuccess)
            {
                batch.Fail(item, opened.Error.Message);
                continue;
            }

            var (channel, isNew) = opened.Value;
            if (isNew)
            {
                rows.Add(channel);
                there.Add(channel);
                batch.Succeed();
            }
            else
            {
                batch.Skip();
            }

            foreach (var member in there.TakeNewMembers(channel))
            {
                rows.Add(member);
            }

            rows.AddEvents(channel);
            rows.AddKey(item.Key, channel.Id);
            if (item.Key is not null)
            {
                known.Add(item.Key, channel.Id);
            }
        }
    }

    private static Result<(Channel Channel, bool IsNew)> Open(
        long applicationId, ChannelItem item, Dictionary<string, User> users, ChannelsThere there, DateTime now)
    {
        var unknown = item.People.Where(name => !users.ContainsKey(name)).Distinct().Take(10).ToList();
        if (unknown.Count > 0)
        {
            return UserErrors.Unknown("members", string.Join("', '", unknown));
        }

        var creator = item.Creator is null ? null : users[item.Creator];
        var members = item.Members.Select(name => users[name]).Distinct().ToList();
        if (item.Type is ChannelType.Direct)
        {
            var direct = Channel.CreateDirect(applicationId, members, creator, item.Properties, now);
            return !direct.IsSuccess ? direct.Error
                : there.Direct(direct.Value.DirectKey!) is { } known ? (known, false)
                : (direct.Value, true);
        }

        var group = item.Name is null ? null : there.Group(item.Name);
        if (group is not null && group.Type != item.Type)
        {
            return ChannelErrors.NameTaken(item.Name!);
        }

        var channel = group ?? Channel.CreateGroup(applicationId, item.Type, item.Name, item.DisplayName, creator, item.Properties, now);
        foreach (var member in group is not null && creator is not null ? members.Append(creator) : members)
        {
            channel.Join(member, isMember: group is null ? member == creator : there.IsMember(group, member), now);
        }

        return (channel, group is null);
    }
}
