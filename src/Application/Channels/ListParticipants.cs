using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Lists the members with an open chat session in the channel, by id unless sorted otherwise.</summary>
public sealed record ListParticipants(long ChannelId, PageRequest Page) : IRequest<Result<Page<UserView>>>;

internal sealed class ListParticipantsValidator : AbstractValidator<ListParticipants>
{
    public ListParticipantsValidator() => RuleFor(r => r.Page).PageOf(UserSorting.Users);
}

internal sealed class ListParticipantsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListParticipants, Result<Page<UserView>>>
{
    public async Task<Result<Page<UserView>>> Handle(ListParticipants request, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        var present = db.ChatSessions.Where(session => session.ChannelId == request.ChannelId && session.EndTime == null)
            .Select(session => session.UserId);
        var participants = db.ChannelMembers.Where(member => member.ChannelId == request.ChannelId && present.Contains(member.UserId))
            .Select(member => member.User);
        return await UserSorting.Users.Apply(participants, request.Page.Sort).ProjectTo<UserView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
