using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Lists a channel's open invites, by invitee unless sorted otherwise.</summary>
public sealed record ListInvites(long ChannelId, PageRequest Page) : IRequest<Result<Page<InviteView>>>;

internal sealed class ListInvitesValidator : AbstractValidator<ListInvites>
{
    public static readonly Sorting<ChannelInvite> Sorting = new Sorting<ChannelInvite>("id", invite => invite.UserId)
        .By("createdTime", invite => invite.CreatedTime);

    public ListInvitesValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListInvitesHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListInvites, Result<Page<InviteView>>>
{
    public async Task<Result<Page<InviteView>>> Handle(ListInvites request, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        // Invitees who have joined in another way have nothing left to answer.
        var invites = db.ChannelInvites.Where(invite => invite.ChannelId == request.ChannelId
            && !db.ChannelMembers.Any(member => member.ChannelId == request.ChannelId && member.UserId == invite.UserId));
        return await ListInvitesValidator.Sorting.Apply(invites, request.Page.Sort).ProjectTo<InviteView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
