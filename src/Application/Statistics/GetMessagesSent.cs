using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Messages broadcast a day, compared with as many days before (engagement contract, <c>messages-sent</c>).</summary>
/// <param name="Start">UTC; its day is the first.</param>
/// <param name="End">UTC, not before <paramref name="Start"/>; its day is the last.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
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
        var days = period.WithBefore.Within(await statistics.FindExtentAsync(cancellationToken)).Buckets();
        return DailyCountsView.Of(period, await statistics.CountByDayAsync(days, period.First.DayNumber, cancellationToken));
    }
}
