using System.Runtime.InteropServices;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Infrastructure.Statistics;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Adds up a batch's message counts: one event per channel, user and quarter of an hour instead of one per message.</summary>
internal sealed class MessageCounts
{
    private readonly Dictionary<(long Channel, long User, DateTime Bucket), (int Received, int Broadcast)> _counts = [];

    public IEnumerable<MessagesImported> Events => _counts.Select(counted => new MessagesImported(
        counted.Key.Channel, counted.Key.User, new MessageCountDelta(counted.Key.Bucket, counted.Value.Received, counted.Value.Broadcast)));

    /// <summary>System messages are not counted.</summary>
    public void Add(Message message)
    {
        if (message.UserId is not { } user)
        {
            return;
        }

        var bucket = Slots.Begin(Slots.Of(message.CreatedTime));
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (message.ChannelId, user, bucket), out _);
        count = (count.Received + 1, count.Broadcast + (message.Broadcast ? 1 : 0));
    }
}
