using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// The five channels with most messages broadcast in days, most first, ties by id; fewer when fewer have any (engagement contract,
/// <c>top-five-popular-channels</c>).
/// </summary>
/// <param name="Start">UTC; its day is the first.</param>
/// <param name="End">UTC, not before <paramref name="Start"/>; its day is the last.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
public sealed record ListPopularChannels(DateTime Start, DateTime End, string? TimeZone = null)
    : IRequest<Result<IReadOnlyList<PopularChannelView>>>, IDayPeriod;

/// <param name="Name">Null for DIRECT.</param>
/// <param name="UserNames">The members' names, ascending; only for DIRECT.</param>
public sealed record PopularChannelView(
    long ChannelId, ChannelType Type, string? Name, IReadOnlyList<string>? UserNames, long Messages);

internal sealed class ListPopularChannelsValidator : AbstractValidator<ListPopularChannels>
{
    public ListPopularChannelsValidator() => this.HasDays();
}

internal sealed class ListPopularChannelsHandler(IMessageStatistics statistics)
    : IRequestHandler<ListPopularChannels, Result<IReadOnlyList<PopularChannelView>>>
{
    private const int Five = 5;

    public async Task<Result<IReadOnlyList<PopularChannelView>>> Handle(
        ListPopularChannels request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var days = DayRange.Of(calendar.Value, request.Start, request.End);
        return Result<IReadOnlyList<PopularChannelView>>.Of(
            await statistics.ListPopularAsync(days.Interval, Five, cancellationToken));
    }
}
