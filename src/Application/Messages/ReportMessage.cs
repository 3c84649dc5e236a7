using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Reports a message for a member. No effect if already reported (docs/contracts/platform.md#message-reports).</summary>
/// <param name="Reason">Up to 1,000 characters.</param>
public sealed record ReportMessage(long MessageId, UserReference? User, string? Reason = null) : IRequest<Result<MessageView>>;

internal sealed class ReportMessageValidator : AbstractValidator<ReportMessage>
{
    public ReportMessageValidator()
    {
        RuleFor(r => r.User).NotNull().WithMessage("is required").Reference();
        RuleFor(r => r.Reason).OptionalText(MessageReport.MaxReason);
    }
}

internal sealed class ReportMessageHandler(IChatDbContext db, MessageQueries queries, TimeProvider clock)
    : IRequestHandler<ReportMessage, Result<MessageView>>
{
    public async Task<Result<MessageView>> Handle(ReportMessage request, CancellationToken cancellationToken)
    {
        var found = await db.FindWithMemberAsync(request.MessageId, request.User!, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var (message, user) = found.Value;
        if (!await db.MessageReports.AnyAsync(
            report => report.MessageId == message.Id && report.UserId == user.Id, cancellationToken))
        {
            db.MessageReports.Add(message.Report(user, request.Reason, clock.UtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return await queries.GetAsync(message.Id, cancellationToken);
    }
}
