using System.Runtime.InteropServices;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Infrastructure.Statistics;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Message counts of a batch: one event per channel, user and bucket of 15 minutes instead of one per message.</summary>
internal sealed class MessageCounts
{
    private readonly Dictionary<(long Channel, long User, DateTime Bucket), (int Received, int Broadcast)> _counts = [];

    public IEnumerable<MessagesImported> Events => _counts.Select(pair => new MessagesImported(
        pair.Key.Channel, pair.Key.User, new MessageCountDelta(pair.Key.Bucket, pair.Value.Received, pair.Value.Broadcast)));

    /// <summary>System messages are not counted.</summary>
    public void Add(Message message)
    {
        if (message.UserId is not { } user)
        {
            return;
        }

        var bucket = BucketGrid.StartOf(BucketGrid.BucketOf(message.CreatedTime));
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (message.ChannelId, user, bucket), out _);
        count = (count.Received + 1, count.Broadcast + (message.Broadcast ? 1 : 0));
    }
}
