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

public sealed record ListBlacklist(long ChannelId, PageRequest Page) : IRequest<Result<Page<UserView>>>;

internal sealed class ListBlacklistValidator : AbstractValidator<ListBlacklist>
{
    public ListBlacklistValidator() => RuleFor(r => r.Page).PageOf(UserSorting.Users);
}

internal sealed class ListBlacklistHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListBlacklist, Result<Page<UserView>>>
{
    public async Task<Result<Page<UserView>>> Handle(ListBlacklist request, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        var listed = db.Blacklist.Where(entry => entry.ChannelId == request.ChannelId).Select(entry => entry.UserId);
        return await UserSorting.Users.Apply(db.Users.Where(user => listed.Contains(user.Id)), request.Page.Sort)
            .ProjectTo<UserView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
