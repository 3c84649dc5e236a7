using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Sessions;

/// <summary>Keystrokes since the beginning of an open chat session, in commit order.</summary>
public sealed record ListChatSessionKeystrokes(long Id, EphemeralEventRequest Page) : IRequest<Result<EphemeralEventPage<KeystrokesView>>>;

internal sealed class ListChatSessionKeystrokesValidator : AbstractValidator<ListChatSessionKeystrokes>
{
    public ListChatSessionKeystrokesValidator() =>
        RuleFor(r => r.Page).SetValidator(new EphemeralEventRequestValidator()).OverridePropertyName("");
}

internal sealed class ListChatSessionKeystrokesHandler(ChatSessionEventQueries events)
    : IRequestHandler<ListChatSessionKeystrokes, Result<EphemeralEventPage<KeystrokesView>>>
{
    public Task<Result<EphemeralEventPage<KeystrokesView>>> Handle(
        ListChatSessionKeystrokes request, CancellationToken cancellationToken) =>
        events.ReadAsync(
            EphemeralEventType.Keystrokes,
            request.Id,
            request.Page,
            (channelId, payload) => new KeystrokesView(
                channelId,
                payload.GetProperty("threadId").GetInt64(),
                payload.GetProperty("userId").GetInt64(),
                payload.GetProperty("username").GetString()!,
                payload.GetProperty("keys").GetString()!),
            cancellationToken);
}
