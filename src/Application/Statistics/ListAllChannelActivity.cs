using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary><see cref="ListChannelActivity"/> without pages.</summary>
public sealed record ListAllChannelActivity(DateTime Start, DateTime End, string? TimeZone = null, bool OnlyActive = false)
    : IRequest<Result<IAsyncEnumerable<ChannelActivityView>>>, IDayPeriod;

internal sealed class ListAllChannelActivityValidator : AbstractValidator<ListAllChannelActivity>
{
    public ListAllChannelActivityValidator() => this.HasDays();
}

internal sealed class ListAllChannelActivityHandler(IChannelStatistics statistics)
    : IRequestHandler<ListAllChannelActivity, Result<IAsyncEnumerable<ChannelActivityView>>>
{
    public Task<Result<IAsyncEnumerable<ChannelActivityView>>> Handle(ListAllChannelActivity request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return Task.FromResult(Result<IAsyncEnumerable<ChannelActivityView>>.Failed(calendar.Error));
        }

        var days = DayRange.Of(calendar.Value, request.Start, request.End);
        return Task.FromResult(Result<IAsyncEnumerable<ChannelActivityView>>.Of(
            statistics.ReadActivity(days.Intervals, days.Before, request.OnlyActive, cancellationToken)));
    }
}
