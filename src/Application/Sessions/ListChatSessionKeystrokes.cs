using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Sessions;

/// <summary>What members typed while an open chat session was in their channel, in the order of commits.</summary>
public sealed record ListChatSessionKeystrokes(long Id, NewsRequest Page) : IRequest<Result<NewsPage<KeystrokesView>>>;

internal sealed class ListChatSessionKeystrokesValidator : AbstractValidator<ListChatSessionKeystrokes>
{
    public ListChatSessionKeystrokesValidator() => RuleFor(r => r.Page).SetValidator(new NewsRequestValidator()).OverridePropertyName("");
}

internal sealed class ListChatSessionKeystrokesHandler(ChatSessionNews news)
    : IRequestHandler<ListChatSessionKeystrokes, Result<NewsPage<KeystrokesView>>>
{
    public Task<Result<NewsPage<KeystrokesView>>> Handle(ListChatSessionKeystrokes request, CancellationToken cancellationToken) =>
        news.ReadAsync(
            NewsType.Keystrokes,
            request.Id,
            request.Page,
            (channelId, shown) => new KeystrokesView(
                channelId,
                shown.GetProperty("threadId").GetInt64(),
                shown.GetProperty("userId").GetInt64(),
                shown.GetProperty("username").GetString()!,
                shown.GetProperty("keys").GetString()!),
            cancellationToken);
}
