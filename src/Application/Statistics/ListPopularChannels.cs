using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Channels with the most messages, ties by id. See docs/contracts/engagement.md#top-five-popular-channels.</summary>
public sealed record ListPopularChannels(DateTime Start, DateTime End, string? TimeZone = null)
    : IRequest<Result<IReadOnlyList<PopularChannelView>>>, IDayPeriod;

/// <param name="UserNames">Names of the members, ascending; only for DIRECT, which has no name.</param>
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
            await statistics.ListPopularAsync(days.Intervals, Five, cancellationToken));
    }
}
