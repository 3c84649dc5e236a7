using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Channels by the messages broadcast in them, most first, compared with as many days right before (engagement contract,
/// <c>channels/list</c>). All days are whole days of the zone.
/// </summary>
/// <param name="Start">UTC; its day is the first.</param>
/// <param name="End">UTC, not before <paramref name="Start"/>; its day is the last.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
/// <param name="OnlyActive">Leaves out channels without a message in both periods.</param>
/// <param name="Limit">1 to 10,000.</param>
public sealed record ListChannelActivity(
    DateTime Start, DateTime End, string? TimeZone = null, bool OnlyActive = false, int Offset = 0, int Limit = 50)
    : IRequest<Result<ChannelActivityPage>>, IDayPeriod;

/// <param name="Total">Over all pages.</param>
public sealed record ChannelActivityPage(IReadOnlyList<ChannelActivityView> Channels, long Total);

/// <param name="Name">Null for DIRECT.</param>
/// <param name="UserNames">The members' names, ascending; only for DIRECT.</param>
/// <param name="Messages">Broadcast in the period.</param>
/// <param name="MessagesBefore">Broadcast in the period before.</param>
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
            days.Interval, days.Before, request.OnlyActive, request.Offset, request.Limit, cancellationToken);
    }
}
