using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

internal sealed class MemberImport : IItemImporter<MemberItem>
{
    public MemberItem Read(ItemFields fields) => MemberItem.Read(fields);

    public async Task ImportAsync(
        ImportSession session, ImportBatch<MemberItem> batch, BatchRows rows, CancellationToken cancellationToken)
    {
        var channelId = session.Arguments.ChannelId!.Value;
        var channel = (await session.FindChannelsAsync("id = {1}", channelId, cancellationToken)).FirstOrDefault();
        var known = await session.FindKeysAsync(JobType.ChannelMembersImport, batch.Keys, cancellationToken);
        var users = await session.FindUsersAsync(batch.Items.Select(item => item.Value?.Username).OfType<string>(), cancellationToken);
        var members = await session.FindPairsAsync(
            "channel_members", [.. users.Values.Select(user => (channelId, user.Id))], cancellationToken);
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

            if (!users.TryGetValue(value.Username, out var user))
            {
                batch.Fail(item, UserErrors.Unknown("username", value.Username).Message);
                continue;
            }

            // The channel may have been deleted since the upload.
            var joined = channel is null
                ? ChannelErrors.NotFound
                : channel.Join(user, !members.Add((channelId, user.Id)), value.CreatedTime ?? now);
            if (!joined.IsSuccess)
            {
                batch.Fail(item, joined.Error.Message);
                continue;
            }

            rows.AddKey(item.Key, user.Id);
            if (item.Key is not null)
            {
                known.Add(item.Key, user.Id);
            }

            if (joined.Value is not { } member)
            {
                batch.Skip();
                continue;
            }

            rows.Add(member);
            batch.Succeed();
        }

        if (channel is not null)
        {
            rows.AddEvents(channel);
        }
    }
}
