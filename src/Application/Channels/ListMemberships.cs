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

/// <summary>Lists the members of a channel with the time they joined, by user unless sorted otherwise.</summary>
public sealed record ListMemberships(long ChannelId, PageRequest Page) : IRequest<Result<Page<MembershipView>>>;

internal sealed class ListMembershipsValidator : AbstractValidator<ListMemberships>
{
    public static readonly Sorting<ChannelMember> Sorting = new Sorting<ChannelMember>("id", member => member.UserId)
        .By("createdTime", member => member.CreatedTime);

    public ListMembershipsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListMembershipsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListMemberships, Result<Page<MembershipView>>>
{
    public async Task<Result<Page<MembershipView>>> Handle(ListMemberships request, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        var memberships = db.ChannelMembers.Where(member => member.ChannelId == request.ChannelId);
        return await ListMembershipsValidator.Sorting.Apply(memberships, request.Page.Sort).ProjectTo<MembershipView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
