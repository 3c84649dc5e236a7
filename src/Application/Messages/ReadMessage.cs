using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>
/// Marks a message as read by a member. A later call returns the first receipt
/// (docs/contracts/platform.md#read-receipts-and-unread-counts).
/// </summary>
public sealed record ReadMessage(long MessageId, UserReference User) : IRequest<Result<ReadReceiptView>>;

internal sealed class ReadMessageValidator : AbstractValidator<ReadMessage>
{
    public ReadMessageValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class ReadMessageHandler(IChatDbContext db, TimeProvider clock) : IRequestHandler<ReadMessage, Result<ReadReceiptView>>
{
    public async Task<Result<ReadReceiptView>> Handle(ReadMessage request, CancellationToken cancellationToken)
    {
        var found = await db.FindWithMemberAsync(request.MessageId, request.User, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var (message, user) = found.Value;
        var online = await db.UserSessions.AnyAsync(session => session.UserId == user.Id && session.EndTime == null, cancellationToken);
        var receipt = await db.ReceiptsOf(message).Where(receipt => receipt.UserId == user.Id).FirstOrDefaultAsync(cancellationToken);
        if (receipt is null)
        {
            var first = message.Read(user, clock.UtcNow());
            db.ReadReceipts.Add(first);
            await db.SaveChangesAsync(cancellationToken);
            receipt = new ReceiptRow { UserId = user.Id, CreatedTime = first.CreatedTime };
        }

        return new ReadReceiptView(message.Id, UserView.Of(user, online), receipt.CreatedTime);
    }
}
