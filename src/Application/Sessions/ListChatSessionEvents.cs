using ChatPlatform.Application.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Sessions;

/// <summary>The events of the application's own that an open chat session was told since it began, in the order of commits.</summary>
public sealed record ListChatSessionEvents(long Id, NewsRequest Page) : IRequest<Result<NewsPage<ChannelEventView>>>;

internal sealed class ListChatSessionEventsValidator : AbstractValidator<ListChatSessionEvents>
{
    public ListChatSessionEventsValidator() => RuleFor(r => r.Page).SetValidator(new NewsRequestValidator()).OverridePropertyName("");
}

internal sealed class ListChatSessionEventsHandler(ChatSessionNews news)
    : IRequestHandler<ListChatSessionEvents, Result<NewsPage<ChannelEventView>>>
{
    public Task<Result<NewsPage<ChannelEventView>>> Handle(ListChatSessionEvents request, CancellationToken cancellationToken) =>
        news.ReadAsync(
            NewsType.Event,
            request.Id,
            request.Page,
            (_, told) => new ChannelEventView(told.GetProperty("name").GetString()!, told.GetProperty("properties").GetRawText()),
            cancellationToken);
}
