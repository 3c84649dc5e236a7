using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Messages broadcast by channel type, including zeros. See docs/contracts/engagement.md#origin.</summary>
public sealed record GetMessageOrigins(DateTime Start, DateTime End, string? TimeZone = null)
    : IRequest<Result<IReadOnlyList<MessageOriginView>>>, IDayPeriod;

public sealed record MessageOriginView(ChannelType Type, long Messages);

internal sealed class GetMessageOriginsValidator : AbstractValidator<GetMessageOrigins>
{
    public GetMessageOriginsValidator() => this.HasDays();
}

internal sealed class GetMessageOriginsHandler(IMessageStatistics statistics)
    : IRequestHandler<GetMessageOrigins, Result<IReadOnlyList<MessageOriginView>>>
{
    public async Task<Result<IReadOnlyList<MessageOriginView>>> Handle(GetMessageOrigins request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var days = DayRange.Of(calendar.Value, request.Start, request.End);
        var messages = await statistics.CountByTypeAsync(days.Intervals, cancellationToken);
        return Enum.GetValues<ChannelType>().Select(type => new MessageOriginView(type, messages.GetValueOrDefault(type))).ToList();
    }
}
