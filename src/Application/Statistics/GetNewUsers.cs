using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Users created per day, including users deleted since. See docs/contracts/engagement.md#new-users.</summary>
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
        var days = period.WithBefore.Within(await statistics.FindCreationExtentAsync(cancellationToken)).Points();
        return DailyCountsView.Of(period, await statistics.CountCreatedByDayAsync(days, period.First.DayNumber, cancellationToken));
    }
}
