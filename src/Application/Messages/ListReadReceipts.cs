using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Lists the read receipts of a message, by user unless sorted otherwise.</summary>
public sealed record ListReadReceipts(long MessageId, PageRequest Page) : IRequest<Result<Page<ReadReceiptView>>>;

internal sealed class ListReadReceiptsValidator : AbstractValidator<ListReadReceipts>
{
    public static readonly Sorting<ReceiptRow> Sorting = new Sorting<ReceiptRow>("id", receipt => receipt.UserId)
        .By("createdTime", receipt => receipt.CreatedTime);

    public ListReadReceiptsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListReadReceiptsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListReadReceipts, Result<Page<ReadReceiptView>>>
{
    public async Task<Result<Page<ReadReceiptView>>> Handle(ListReadReceipts request, CancellationToken cancellationToken)
    {
        var message = await db.Messages.AsNoTracking().FirstOrDefaultAsync(message => message.Id == request.MessageId, cancellationToken);
        if (message is null)
        {
            return MessageErrors.NotFound;
        }

        var receipts = await ListReadReceiptsValidator.Sorting.Apply(db.ReceiptsOf(message), request.Page.Sort)
            .ToPageAsync(request.Page, cancellationToken);
        var ids = receipts.Items.Select(receipt => receipt.UserId).ToArray();
        var users = await db.Users.Where(user => ids.Contains(user.Id)).ProjectTo<UserView>(mapping)
            .ToDictionaryAsync(user => user.Id, cancellationToken);
        return receipts.Select(receipt => new ReadReceiptView(message.Id, users[receipt.UserId], receipt.CreatedTime));
    }
}
