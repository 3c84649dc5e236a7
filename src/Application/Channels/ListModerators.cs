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

public sealed record ListModerators(long ChannelId, PageRequest Page) : IRequest<Result<Page<UserView>>>;

internal sealed class ListModeratorsValidator : AbstractValidator<ListModerators>
{
    public ListModeratorsValidator() => RuleFor(r => r.Page).PageOf(UserSorting.Users);
}

internal sealed class ListModeratorsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListModerators, Result<Page<UserView>>>
{
    public async Task<Result<Page<UserView>>> Handle(ListModerators request, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        var moderators = db.ChannelMembers.Where(member => member.ChannelId == request.ChannelId && member.IsModerator)
            .Select(member => member.User);
        return await UserSorting.Users.Apply(moderators, request.Page.Sort).ProjectTo<UserView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
