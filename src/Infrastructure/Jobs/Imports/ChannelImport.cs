using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Creates channels. An existing one (a group of that name and type, the DIRECT channel of those members) is kept unchanged; a group
/// gets missing members, and both kinds get missing threads.
/// </summary>
internal sealed class ChannelImport : IItemImporter<ChannelItem>
{
    public ChannelItem Read(ItemFields fields) => ChannelItem.Read(fields);

    public async Task ImportAsync(
        ImportContext context, ImportBatch<ChannelItem> batch, BatchRows rows, CancellationToken cancellationToken)
    {
        var known = await context.FindKeysAsync(JobType.ChannelImport, batch.Keys, cancellationToken);
        var items = batch.Items
            .Where(item => item.Value is not null && (item.Key is null || !known.ContainsKey(item.Key)))
            .Select(item => item.Value!).ToList();
        var users = await UserDirectory.ReadAsync(
            context, items.SelectMany(item => item.Names), items.SelectMany(item => item.Keys), cancellationToken);
        var lookup = await ChannelLookup.FindAsync(context, items, users, cancellationToken);
        var threads = (await context.FindKeysAsync(
            JobType.MessageImport, items.SelectMany(item => item.Threads, (_, thread) => thread.Key), cancellationToken)).Keys.ToHashSet();
        await context.Ids.ReserveChannelsAsync(context.Connection, items.Count, cancellationToken);
        await context.Ids.ReserveMessagesAsync(context.Connection, items.Sum(item => item.Threads.Count), cancellationToken);
        var now = context.Clock.UtcNow();
        foreach (var item in batch.Items)
        {
            if (item.Value is not { } value)
            {
                continue;
            }

            if (item.Key is not null && known.TryGetValue(item.Key, out var imported))
            {
                batch.Skip(item, imported);
                continue;
            }

            var created = Create(context.Job.ApplicationId, value, users, lookup, value.CreatedTime ?? now);
            if (!created.IsSuccess)
            {
                batch.Fail(item, created.Error.Message);
                continue;
            }

            var (channel, isNew) = created.Value;
            if (isNew)
            {
                rows.Add(channel);
                lookup.Add(channel);
                Restore(channel, value, users, rows);
                batch.Succeed();
            }
            else
            {
                batch.Skip();
            }

            foreach (var thread in value.Threads.Where(thread => threads.Add(thread.Key)))
            {
                var time = thread.CreatedTime ?? channel.CreatedTime;
                rows.Add(channel.CreateThread(thread.Name, thread.Properties, time), thread.Key);
            }

            // A deleted user counts in the key of a DIRECT channel but is no member.
            foreach (var member in lookup.DrainNewMembers(channel).Where(member => member.User.DeletedTime is null))
            {
                rows.Add(member);
            }

            rows.AddEvents(channel);
            var key = rows.AddKey(item, channel.Id);
            if (item.Key is not null)
            {
                known.Add(item.Key, key);
            }
        }
    }

    private static Result<(Channel Channel, bool IsNew)> Create(
        long applicationId, ChannelItem item, UserDirectory users, ChannelLookup lookup, DateTime now)
    {
        var members = users.All("members", item.Members, item.MemberKeys);
        var blacklisted = users.All("blacklist", item.Blacklist.Select(entry => entry.Username), []);
        var creators = users.All("creator", item.Creator is null ? [] : [item.Creator], item.CreatorKey is null ? [] : [item.CreatorKey]);
        if ((members.Error ?? blacklisted.Error ?? creators.Error) is { } unknown)
        {
            return unknown;
        }

        var creator = creators.Value.FirstOrDefault();
        return item.Type is ChannelType.Direct
            ? CreateDirect(applicationId, item, members.Value, creator, lookup, now)
            : CreateGroup(applicationId, item, members.Value, creator, lookup, now);
    }

    private static Result<(Channel Channel, bool IsNew)> CreateDirect(
        long applicationId, ChannelItem item, List<User> members, User? creator, ChannelLookup lookup, DateTime now)
    {
        var direct = Channel.CreateDirect(applicationId, members, creator, item.Properties, now);
        return !direct.IsSuccess ? direct.Error
            : lookup.Direct(direct.Value.DirectKey!) is { } known ? (known, false)
            : (direct.Value, true);
    }

    private static Result<(Channel Channel, bool IsNew)> CreateGroup(
        long applicationId, ChannelItem item, List<User> members, User? creator, ChannelLookup lookup, DateTime now)
    {
        var group = item.Name is null ? null : lookup.Group(item.Name);
        if (group is not null && group.Type != item.Type)
        {
            return ChannelErrors.NameTaken(item.Name!);
        }

        var joins = item.CreatorIsMember;
        var channel = group
            ?? Channel.CreateGroup(applicationId, item.Type, item.Name, item.DisplayName, creator, item.Properties, now, joins);
        foreach (var member in group is not null && creator is not null && joins ? members.Append(creator) : members)
        {
            channel.Join(member, isMember: group is null ? joins && member == creator : lookup.IsMember(group, member), now);
        }

        return (channel, group is null);
    }

    private static void Restore(Channel channel, ChannelItem item, UserDirectory users, BatchRows rows)
    {
        foreach (var entry in item.Blacklist)
        {
            rows.Add(channel.AddToBlacklist(users.ByName(entry.Username)!, entry.CreatedTime ?? channel.CreatedTime));
        }

        channel.SetActive(item.IsActive, item.UpdatedTime ?? channel.CreatedTime);
        channel.ImportUpdatedTime(item.UpdatedTime ?? channel.UpdatedTime);
    }
}
