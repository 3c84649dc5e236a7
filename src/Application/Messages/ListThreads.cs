using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Lists the MAIN and STANDALONE threads of a channel, by id unless sorted otherwise.</summary>
public sealed record ListThreads(long ChannelId, PageRequest Page) : IRequest<Result<Page<ThreadView>>>;

internal sealed class ListThreadsValidator : AbstractValidator<ListThreads>
{
    public static readonly Sorting<ReplyThread> Sorting = new Sorting<ReplyThread>("id", thread => thread.Id)
        .By("type", thread => thread.Type)
        .By("name", thread => thread.Name)
        .By("createdTime", thread => thread.CreatedTime);

    public ListThreadsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListThreadsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListThreads, Result<Page<ThreadView>>>
{
    public async Task<Result<Page<ThreadView>>> Handle(ListThreads request, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(channel => channel.Id == request.ChannelId, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        var threads = db.Threads.Where(thread => thread.ChannelId == request.ChannelId);
        return await ListThreadsValidator.Sorting.Apply(threads, request.Page.Sort).ProjectTo<ThreadView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
