using System.Runtime.InteropServices;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Infrastructure.Statistics;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>What a batch adds to the message counts: one event a channel, user and quarter of an hour, not one a message.</summary>
internal sealed class MessageCounts
{
    private readonly Dictionary<(long Channel, long User, DateTime Slot), (int Received, int Broadcast)> _counts = [];

    public IEnumerable<MessagesImported> Events => _counts.Select(counted => new MessagesImported(
        counted.Key.Channel, counted.Key.User, new MessageCountDelta(counted.Key.Slot, counted.Value.Received, counted.Value.Broadcast)));

    /// <summary>System messages count nothing.</summary>
    public void Add(Message message)
    {
        if (message.UserId is not { } user)
        {
            return;
        }

        var slot = Slots.Begin(Slots.Of(message.CreatedTime));
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (message.ChannelId, user, slot), out _);
        count = (count.Received + 1, count.Broadcast + (message.Broadcast ? 1 : 0));
    }
}
