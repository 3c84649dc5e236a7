using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Sessions;

/// <param name="Open">True for open, false for ended sessions; null for all.</param>
public sealed record ListChatSessions(PageRequest Page, bool? Open = null) : IRequest<Result<Page<ChatSessionView>>>;

internal sealed class ListChatSessionsValidator : AbstractValidator<ListChatSessions>
{
    public static readonly Sorting<ChatSession> Sorting = new Sorting<ChatSession>("id", session => session.Id)
        .By("createdTime", session => session.CreatedTime)
        .By("endTime", session => session.EndTime);

    public ListChatSessionsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListChatSessionsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListChatSessions, Result<Page<ChatSessionView>>>
{
    public async Task<Result<Page<ChatSessionView>>> Handle(ListChatSessions request, CancellationToken cancellationToken)
    {
        var sessions = request.Open switch
        {
            true => db.ChatSessions.Where(session => session.EndTime == null),
            false => db.ChatSessions.Where(session => session.EndTime != null),
            null => db.ChatSessions,
        };
        return await ListChatSessionsValidator.Sorting.Apply(sessions, request.Page.Sort).ProjectTo<ChatSessionView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
