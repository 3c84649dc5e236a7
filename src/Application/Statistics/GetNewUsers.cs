using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Users created a day, compared with as many days before (engagement contract, <c>new-users</c>). Deleted ones count.</summary>
/// <param name="Start">UTC; its day is the first.</param>
/// <param name="End">UTC, not before <paramref name="Start"/>; its day is the last.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
public sealed record GetNewUsers(DateTime Start, DateTime End, string? TimeZone = null) : IRequest<Result<DailyCountsView>>, IDayPeriod;

internal sealed class GetNewUsersValidator : AbstractValidator<GetNewUsers>
{
    public GetNewUsersValidator() => this.HasDays();
}

internal sealed class GetNewUsersHandler(IUserStatistics statistics) : IRequestHandler<GetNewUsers, Result<DailyCountsView>>
{
    public async Task<Result<DailyCountsView>> Handle(GetNewUsers request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var period = DayRange.Of(calendar.Value, request.Start, request.End);
        var days = period.WithBefore.Within(await statistics.FindCreationExtentAsync(cancellationToken)).Buckets();
        return DailyCountsView.Of(period, await statistics.CountCreatedByDayAsync(days, period.First.DayNumber, cancellationToken));
    }
}
