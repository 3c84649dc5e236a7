using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Lists the messages of a channel, replies included, newest first.</summary>
public sealed record ListChannelMessages(long ChannelId, CursorRequest Page, MessageFilter Filter)
    : IRequest<Result<CursorPage<MessageView>>>;

internal sealed class ListChannelMessagesValidator : AbstractValidator<ListChannelMessages>
{
    public ListChannelMessagesValidator()
    {
        RuleFor(r => r.Page).CursorPage();
        RuleFor(r => r.Filter).SetValidator(new MessageFilterValidator()).OverridePropertyName("");
    }
}

internal sealed class ListChannelMessagesHandler(IChatDbContext db, MessageQueries queries)
    : IRequestHandler<ListChannelMessages, Result<CursorPage<MessageView>>>
{
    public async Task<Result<CursorPage<MessageView>>> Handle(ListChannelMessages request, CancellationToken cancellationToken)
    {
        var messages = db.Messages.Where(message => message.ChannelId == request.ChannelId).ApplyFilter(request.Filter, db);
        var page = await queries.PageAsync(messages, request.Page, cancellationToken);

        // A page with a message proves that the channel exists.
        return page.Items.Count > 0 || await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken)
            ? page
            : ChannelErrors.NotFound;
    }
}
