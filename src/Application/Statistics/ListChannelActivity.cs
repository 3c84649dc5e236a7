using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Channels by number of messages broadcast, descending. See docs/contracts/engagement.md#channelslist.</summary>
/// <param name="OnlyActive">Excludes channels without messages in both periods.</param>
public sealed record ListChannelActivity(
    DateTime Start, DateTime End, string? TimeZone = null, bool OnlyActive = false, int Offset = 0, int Limit = 50)
    : IRequest<Result<ChannelActivityPage>>, IDayPeriod;

public sealed record ChannelActivityPage(IReadOnlyList<ChannelActivityView> Channels, long Total);

/// <param name="UserNames">Names of the members, ascending; only for DIRECT, which has no name.</param>
public sealed record ChannelActivityView(
    long ChannelId,
    ChannelType Type,
    string? Name,
    IReadOnlyList<string>? UserNames,
    DateTime CreatedTime,
    DateTime UpdatedTime,
    long Messages,
    long MessagesBefore);

internal sealed class ListChannelActivityValidator : AbstractValidator<ListChannelActivity>
{
    public const int MaxLimit = 10_000;

    public ListChannelActivityValidator()
    {
        this.HasDays();
        RuleFor(request => request.Offset).GreaterThanOrEqualTo(0).WithMessage("must not be negative");
        RuleFor(request => request.Limit).InclusiveBetween(1, MaxLimit).WithMessage($"must be between 1 and {MaxLimit}");
    }
}

internal sealed class ListChannelActivityHandler(IChannelStatistics statistics)
    : IRequestHandler<ListChannelActivity, Result<ChannelActivityPage>>
{
    public async Task<Result<ChannelActivityPage>> Handle(ListChannelActivity request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var days = DayRange.Of(calendar.Value, request.Start, request.End);
        return await statistics.ListActivityAsync(
            days.Intervals, days.Before, request.OnlyActive, request.Offset, request.Limit, cancellationToken);
    }
}
