using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Lists the reported messages of a channel, by id unless sorted otherwise (docs/contracts/platform.md#message-reports).</summary>
public sealed record ListReportedMessages(long ChannelId, PageRequest Page) : IRequest<Result<Page<MessageView>>>;

internal sealed class ListReportedMessagesValidator : AbstractValidator<ListReportedMessages>
{
    public static readonly Sorting<Message> Sorting = new Sorting<Message>("id", message => message.Id)
        .By("createdTime", message => message.CreatedTime)
        .By("reportCount", message => message.Reports.LongCount());

    public ListReportedMessagesValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListReportedMessagesHandler(IChatDbContext db, MessageQueries queries)
    : IRequestHandler<ListReportedMessages, Result<Page<MessageView>>>
{
    public async Task<Result<Page<MessageView>>> Handle(ListReportedMessages request, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        var reported = db.Messages.Where(message => message.ChannelId == request.ChannelId && message.Reports.Any());
        return await queries.PageAsync(
            ListReportedMessagesValidator.Sorting.Apply(reported, request.Page.Sort), request.Page, cancellationToken);
    }
}
