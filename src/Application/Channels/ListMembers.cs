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

public sealed record ListMembers(long ChannelId, PageRequest Page) : IRequest<Result<Page<UserView>>>;

internal sealed class ListMembersValidator : AbstractValidator<ListMembers>
{
    public ListMembersValidator() => RuleFor(r => r.Page).PageOf(UserSorting.Users);
}

internal sealed class ListMembersHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListMembers, Result<Page<UserView>>>
{
    public async Task<Result<Page<UserView>>> Handle(ListMembers request, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        var members = db.ChannelMembers.Where(member => member.ChannelId == request.ChannelId).Select(member => member.User);
        return await UserSorting.Users.Apply(members, request.Page.Sort).ProjectTo<UserView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
