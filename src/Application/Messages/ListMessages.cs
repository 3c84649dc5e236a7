using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Messages;

/// <summary>The application's messages, newest first; also those that were received and not passed on.</summary>
/// <param name="Username">Only messages of the user of this name.</param>
public sealed record ListMessages(CursorRequest Page, string? Username = null) : IRequest<Result<CursorPage<MessageView>>>;

internal sealed class ListMessagesValidator : AbstractValidator<ListMessages>
{
    public ListMessagesValidator()
    {
        RuleFor(r => r.Page).CursorPage();
        RuleFor(r => r.Username).OptionalText(TextLimits.Name);
    }
}

internal sealed class ListMessagesHandler(IChatDbContext db, MessageReads reads)
    : IRequestHandler<ListMessages, Result<CursorPage<MessageView>>>
{
    public async Task<Result<CursorPage<MessageView>>> Handle(ListMessages request, CancellationToken cancellationToken) =>
        await reads.PageAsync(db.Messages.SentBy(request.Username, db), request.Page, cancellationToken);
}
