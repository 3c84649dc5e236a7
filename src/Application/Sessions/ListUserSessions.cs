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
public sealed record ListUserSessions(PageRequest Page, bool? Open = null) : IRequest<Result<Page<UserSessionView>>>;

internal sealed class ListUserSessionsValidator : AbstractValidator<ListUserSessions>
{
    public static readonly Sorting<UserSession> Sorting = new Sorting<UserSession>("id", session => session.Id)
        .By("createdTime", session => session.CreatedTime)
        .By("endTime", session => session.EndTime)
        .By("userAgent", session => session.UserAgent);

    public ListUserSessionsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListUserSessionsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListUserSessions, Result<Page<UserSessionView>>>
{
    public async Task<Result<Page<UserSessionView>>> Handle(ListUserSessions request, CancellationToken cancellationToken)
    {
        var sessions = request.Open switch
        {
            true => db.UserSessions.Where(session => session.EndTime == null),
            false => db.UserSessions.Where(session => session.EndTime != null),
            null => db.UserSessions,
        };
        return await ListUserSessionsValidator.Sorting.Apply(sessions, request.Page.Sort).ProjectTo<UserSessionView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
