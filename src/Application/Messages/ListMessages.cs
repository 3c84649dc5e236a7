using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Messages;

/// <summary>Lists the messages of the application, newest first.</summary>
public sealed record ListMessages(CursorRequest Page, MessageFilter Filter) : IRequest<Result<CursorPage<MessageView>>>;

internal sealed class ListMessagesValidator : AbstractValidator<ListMessages>
{
    public ListMessagesValidator()
    {
        RuleFor(r => r.Page).CursorPage();
        RuleFor(r => r.Filter).SetValidator(new MessageFilterValidator()).OverridePropertyName("");
    }
}

internal sealed class ListMessagesHandler(IChatDbContext db, MessageQueries queries)
    : IRequestHandler<ListMessages, Result<CursorPage<MessageView>>>
{
    public async Task<Result<CursorPage<MessageView>>> Handle(ListMessages request, CancellationToken cancellationToken) =>
        await queries.PageAsync(db.Messages.ApplyFilter(request.Filter, db), request.Page, cancellationToken);
}
