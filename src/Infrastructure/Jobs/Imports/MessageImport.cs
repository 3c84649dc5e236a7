using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Messages in the file's order, except that one goes in after the message that it answers: that may stand later in the batch or,
/// set aside until then, later in the file.
/// </summary>
internal sealed class MessageImport : IItemImporter<MessageItem>
{
    public MessageItem Read(ItemFields fields) => MessageItem.Read(fields);

    public bool MayWait(MessageItem item) => item.ReplyTo is not null;

    public async Task ImportAsync(
        ImportSession session, ImportBatch<MessageItem> batch, BatchRows rows, CancellationToken cancellationToken)
    {
        var context = await MessageContext.ReadAsync(session, batch, cancellationToken);
        await session.Ids.ReserveMessagesAsync(session.Connection, batch.Items.Count, cancellationToken);
        var counts = new MessageCounts();
        var now = session.Clock.UtcNow();
        foreach (var item in ReplyOrder.Of(batch.Items))
        {
            if (item.Key is not null && context.IsKnown(item.Key))
            {
                batch.Skip(item, context.Known(item.Key));
                continue;
            }

            var sent = Send(item.Value!, context, now);
            if (sent.Message is not { } message)
            {
                if (sent.MissingParent is not null && batch.MayWait)
                {
                    context.SetAside(item.Key);
                    batch.SetAside(item, sent.MissingParent);
                }
                else
                {
                    batch.Fail(item, sent.Problem!);
                }

                continue;
            }

            rows.Add(message, item.Value!.LastEditedTime);
            context.Add(item.Key, rows.AddKey(item, message.Id), message);
            counts.Add(message);
            batch.Succeed();
        }

        foreach (var channel in context.Channels)
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

    private static Outcome Send(MessageItem item, MessageContext context, DateTime now)
    {
        if (context.Channel(item) is not { } channel)
        {
            return Outcome.Refused(ChannelErrors.Unknown("channel", item.Channel ?? item.ChannelKey ?? $"{item.ChannelId}").Message);
        }

        var sender = context.Sender(item);
        if (sender is null && (item.User ?? item.UserKey) is { } unknown)
        {
            return Outcome.Refused(UserErrors.Unknown("user", unknown).Message);
        }

        if (item.Thread is not null && context.Thread(channel, item.Thread) is null)
        {
            return Outcome.Refused($"The channel has no thread '{item.Thread}'.");
        }

        var place = new ThreadPosition(item.Thread is null ? context.MainThread(channel) : context.Thread(channel, item.Thread)!.Value);
        if (item.ReplyTo is not null)
        {
            if (context.Parent(item.ReplyTo) is not { } parent)
            {
                return context.IsGone(item.ReplyTo)
                    ? Outcome.Refused($"The message '{item.ReplyTo}' that it answers was deleted.")
                    : Outcome.Waits(item.ReplyTo);
            }

            if (parent.ChannelId != channel.Id)
            {
                return Outcome.Refused($"The message '{item.ReplyTo}' that it answers is in another channel.");
            }

            place = parent.Below;
        }

        var time = item.CreatedTime ?? now;
        if (sender is { DeletedTime: null } && item.Joins && context.Admit(channel, sender, time) is { } refusal)
        {
            return Outcome.Refused(refusal.Message);
        }

        var broadcast = item.Broadcast ?? channel.Broadcasts(context.IsBlacklisted(channel, sender));
        return new(Message.Send(channel, sender, item.Content, place, broadcast, time));
    }

    private readonly record struct Outcome(Message? Message, string? MissingParent = null, string? Problem = null)
    {
        public static Outcome Refused(string problem) => new(null, null, problem);

        public static Outcome Waits(string parent) =>
            new(null, parent, $"No message '{parent}' that it answers has gone in, or the answers run in a circle.");
    }
}
