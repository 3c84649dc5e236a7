using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

/// <summary>
/// The messages of the service that an outbox entry is about. Only those of the chat's current id: after a move, the ids of earlier
/// messages belong to others.
/// </summary>
/// <param name="chat">As it was when the entry was claimed.</param>
internal sealed class ExternalMessages(ChatDbContext db, Chat chat, ChatOutboxEntry entry)
{
    private static readonly Error NotSent = new NotFoundError("outbox.not_sent", "The service never received the message.");

    private static readonly Error OutOfReach =
        new NotFoundError("outbox.out_of_reach", "The message is out of reach: the chat has moved on the service.");

    private string ChatExternalId => chat.ExternalId ?? "";

    /// <summary>Fills in the service's ids of the messages.</summary>
    public async Task<Result<ServiceOperation>> ResolveAsync(ServiceOperation operation, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case ServiceOperation.SendMessage send:
                var parentId = await db.Messages.Where(message => message.Id == entry.MessageId).Select(message => message.ParentId)
                    .FirstOrDefaultAsync(cancellationToken);
                var parents = parentId is null ? [] : await PartsAsync(parentId, cancellationToken);
                return send with { ReplyTo = parents.Count > 0 ? parents[0].ExternalId : null };
            case ServiceOperation.DeleteMessages { ChatExternalId: { } id } when id != ChatExternalId:
                return OutOfReach;
            case ServiceOperation.EditMessage or ServiceOperation.PinMessage:
                var parts = await PartsAsync(entry.MessageId, cancellationToken);
                return parts.Count > 0
                    ? Resolve(operation, parts)
                    : await db.ChatMessageLinks.AnyAsync(LinksOf(entry.MessageId), cancellationToken) ? OutOfReach : NotSent;
            default:
                return operation;
        }
    }

    /// <summary>Stores what the service did with the parts of the message.</summary>
    /// <param name="resolved">The operation that the service executed.</param>
    /// <returns>The deletion of parts that the new text no longer needs.</returns>
    public async Task<IReadOnlyList<ServiceOperation>> SaveAsync(ServiceOperation resolved, OperationResult.Done done)
    {
        if (entry.MessageId is not { } messageId)
        {
            return [];
        }

        if (resolved is ServiceOperation.SendMessage && done.MessageId is { } externalId)
        {
            db.ChatMessageLinks.Add(ChatMessageLink.Create(chat, ChatExternalId, externalId, messageId));
        }

        if (ServiceOperation.FromJson(entry.Operation) is not ServiceOperation.EditMessage { IsLast: true } edit)
        {
            return [];
        }

        var surplus = (await PartsAsync(messageId, CancellationToken.None)).Skip(edit.Part + 1).ToList();
        db.ChatMessageLinks.RemoveRange(surplus);
        return surplus.Count == 0 ? [] : [new ServiceOperation.DeleteMessages([.. surplus.Select(link => link.ExternalId)], ChatExternalId)];
    }

    private static ServiceOperation Resolve(ServiceOperation operation, List<ChatMessageLink> parts) => operation switch
    {
        ServiceOperation.EditMessage edit when edit.Part < parts.Count => edit with { MessageId = parts[edit.Part].ExternalId },
        ServiceOperation.EditMessage edit => new ServiceOperation.SendMessage(edit.Text),
        ServiceOperation.PinMessage pin => pin with { MessageId = parts[0].ExternalId },
        _ => operation,
    };

    /// <summary>In the order of the text: the service numbers its messages.</summary>
    private Task<List<ChatMessageLink>> PartsAsync(long? messageId, CancellationToken cancellationToken) => db.ChatMessageLinks
        .Where(LinksOf(messageId))
        .Where(link => link.ChatExternalId == ChatExternalId)
        .OrderBy(link => link.ExternalId.Length).ThenBy(link => link.ExternalId)
        .ToListAsync(cancellationToken);

    private System.Linq.Expressions.Expression<Func<ChatMessageLink, bool>> LinksOf(long? messageId) =>
        link => link.ChatId == entry.ChatId && link.MessageId == messageId;
}
