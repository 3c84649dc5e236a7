using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Imports messages in file order, but each after its parent, which may stand later in the batch or, if the reply is deferred, later in
/// the file.
/// </summary>
internal sealed class MessageImport : IItemImporter<MessageItem>
{
    public MessageItem Read(ItemFields fields) => MessageItem.Read(fields);

    public bool CanBeDeferred(MessageItem item) => item.ReplyTo is not null;

    public async Task ImportAsync(
        ImportContext context, ImportBatch<MessageItem> batch, BatchRows rows, CancellationToken cancellationToken)
    {
        var lookup = await MessageLookup.ReadAsync(context, batch, cancellationToken);
        await context.Ids.ReserveMessagesAsync(context.Connection, batch.Items.Count, cancellationToken);
        var counts = new MessageCounts();
        var now = context.Clock.UtcNow();
        foreach (var item in ReplySort.Of(batch.Items))
        {
            if (item.Key is not null && lookup.IsKnown(item.Key))
            {
                batch.Skip(item, lookup.ImportedKeyOf(item.Key));
                continue;
            }

            var sent = Send(item.Value!, lookup, now);
            if (sent.Message is not { } message)
            {
                if (sent.MissingParent is not null && batch.AllowsDeferral)
                {
                    lookup.Defer(item.Key);
                    batch.Defer(item, sent.MissingParent);
                }
                else
                {
                    batch.Fail(item, sent.Problem!);
                }

                continue;
            }

            rows.Add(message, item.Value!.LastEditedTime);
            lookup.Add(item.Key, rows.AddKey(item, message.Id), message);
            counts.Add(message);
            batch.Succeed();
        }

        foreach (var channel in lookup.Channels)
        {
            foreach (var member in channel.Members)
            {
                rows.Add(member);
            }

            rows.AddEvents(channel);
        }

        foreach (var counted in counts.Events)
        {
            rows.AddEvent(counted);
        }
    }

    private static Outcome Send(MessageItem item, MessageLookup lookup, DateTime now)
    {
        if (lookup.Channel(item) is not { } channel)
        {
            return Outcome.Rejected(ChannelErrors.Unknown("channel", item.Channel ?? item.ChannelKey ?? $"{item.ChannelId}").Message);
        }

        var sender = lookup.Sender(item);
        if (sender is null && (item.User ?? item.UserKey) is { } unknown)
        {
            return Outcome.Rejected(UserErrors.Unknown("user", unknown).Message);
        }

        if (item.Thread is not null && lookup.Thread(channel, item.Thread) is null)
        {
            return Outcome.Rejected($"The channel has no thread '{item.Thread}'.");
        }

        var position = new ThreadPosition(item.Thread is null ? lookup.MainThread(channel) : lookup.Thread(channel, item.Thread)!.Value);
        if (item.ReplyTo is not null)
        {
            if (lookup.Parent(item.ReplyTo) is not { } parent)
            {
                return lookup.IsDeleted(item.ReplyTo)
                    ? Outcome.Rejected($"The message '{item.ReplyTo}' that it replies to was deleted.")
                    : Outcome.Deferred(item.ReplyTo);
            }

            if (parent.ChannelId != channel.Id)
            {
                return Outcome.Rejected($"The message '{item.ReplyTo}' that it replies to is in another channel.");
            }

            position = parent.ReplyPosition;
        }

        var time = item.CreatedTime ?? now;
        if (sender is { DeletedTime: null } && item.Joins && lookup.JoinBySending(channel, sender, time) is { } error)
        {
            return Outcome.Rejected(error.Message);
        }

        var broadcast = item.Broadcast ?? channel.Broadcasts(lookup.IsBlacklisted(channel, sender));
        return new(Message.Send(channel, sender, item.Content, position, broadcast, time));
    }

    private readonly record struct Outcome(Message? Message, string? MissingParent = null, string? Problem = null)
    {
        public static Outcome Rejected(string problem) => new(null, null, problem);

        public static Outcome Deferred(string parent) =>
            new(null, parent, $"The message '{parent}' that it replies to was not imported, or the replies form a cycle.");
    }
}
