using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Messages broadcast per day. See docs/contracts/engagement.md#messages-sent.</summary>
public sealed record GetMessagesSent(DateTime Start, DateTime End, string? TimeZone = null) : IRequest<Result<DailyCountsView>>, IDayPeriod;

internal sealed class GetMessagesSentValidator : AbstractValidator<GetMessagesSent>
{
    public GetMessagesSentValidator() => this.HasDays();
}

internal sealed class GetMessagesSentHandler(IMessageStatistics statistics) : IRequestHandler<GetMessagesSent, Result<DailyCountsView>>
{
    public async Task<Result<DailyCountsView>> Handle(GetMessagesSent request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var period = DayRange.Of(calendar.Value, request.Start, request.End);
        var days = period.WithBefore.Within(await statistics.FindExtentAsync(cancellationToken)).Points();
        return DailyCountsView.Of(period, await statistics.CountByDayAsync(days, period.First.DayNumber, cancellationToken));
    }
}
