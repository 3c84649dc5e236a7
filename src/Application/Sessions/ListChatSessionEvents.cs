using ChatPlatform.Application.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Sessions;

/// <summary>Custom events since the beginning of an open chat session, in commit order.</summary>
public sealed record ListChatSessionEvents(long Id, EphemeralEventRequest Page) : IRequest<Result<EphemeralEventPage<ChannelEventView>>>;

internal sealed class ListChatSessionEventsValidator : AbstractValidator<ListChatSessionEvents>
{
    public ListChatSessionEventsValidator() =>
        RuleFor(r => r.Page).SetValidator(new EphemeralEventRequestValidator()).OverridePropertyName("");
}

internal sealed class ListChatSessionEventsHandler(ChatSessionEventQueries events)
    : IRequestHandler<ListChatSessionEvents, Result<EphemeralEventPage<ChannelEventView>>>
{
    public Task<Result<EphemeralEventPage<ChannelEventView>>> Handle(ListChatSessionEvents request, CancellationToken cancellationToken) =>
        events.ReadAsync(
            EphemeralEventType.Custom,
            request.Id,
            request.Page,
            (_, payload) => new ChannelEventView(payload.GetProperty("name").GetString()!, payload.GetProperty("properties").GetRawText()),
            cancellationToken);
}
