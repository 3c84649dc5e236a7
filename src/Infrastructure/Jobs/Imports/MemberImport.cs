using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Adds members to the import's channel or, without one, to the channels that the items name.</summary>
internal sealed class MemberImport : IItemImporter<MemberItem>
{
    public MemberItem Read(ItemFields fields) => MemberItem.Read(fields);

    public async Task ImportAsync(
        ImportContext context, ImportBatch<MemberItem> batch, BatchRows rows, CancellationToken cancellationToken)
    {
        var known = await context.FindKeysAsync(JobType.ChannelMembersImport, batch.Keys, cancellationToken);
        var values = batch.Items.Select(item => item.Value).OfType<MemberItem>().ToList();
        var users = await UserDirectory.ReadAsync(context, values.Select(item => item.Username), [], cancellationToken);
        var one = context.Arguments.ChannelId;
        var channels = one is { } id
            ? await context.FindChannelsAsync("id = {1}", id, cancellationToken)
            : await context.FindChannelsAsync(
                "name = any ({1})", values.Select(item => item.Channel).OfType<string>().Distinct().ToArray(), cancellationToken);
        var byName = one is null ? channels.ToDictionary(channel => channel.Name!) : [];
        Channel? ChannelOf(MemberItem item) => one is not null ? channels.FirstOrDefault() : byName.GetValueOrDefault(item.Channel ?? "");
        var pairs = values.Select(item => (Channel: ChannelOf(item), User: users.ByName(item.Username)))
            .Where(pair => pair is { Channel: not null, User: not null })
            .Select(pair => (pair.Channel!.Id, pair.User!.Id)).ToHashSet();
        var members = await context.FindPairsAsync("channel_members", pairs, cancellationToken);
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

            // The import's channel may have been deleted since the upload.
            var channel = ChannelOf(value);
            if (users.ByName(value.Username) is not { } user || channel is null)
            {
                batch.Fail(item, channel is null
                    ? ChannelErrors.Unknown("channel", one?.ToString() ?? value.Channel ?? "").Message
                    : UserErrors.Unknown("username", value.Username).Message);
                continue;
            }

            var joined = channel.Join(user, !members.Add((channel.Id, user.Id)), value.CreatedTime ?? now);
            if (!joined.IsSuccess)
            {
                batch.Fail(item, joined.Error.Message);
                continue;
            }

            var key = rows.AddKey(item, user.Id);
            if (item.Key is not null)
            {
                known.Add(item.Key, key);
            }

            if (joined.Value is not { } member)
            {
                batch.Skip();
                continue;
            }

            channel.SetModerator(member, value.IsModerator);
            rows.Add(member);
            batch.Succeed();
        }

        channels.ForEach(rows.AddEvents);
    }
}
