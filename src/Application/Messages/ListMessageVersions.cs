using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Lists the texts of a message, oldest first, the current one last. Empty if it was never edited.</summary>
public sealed record ListMessageVersions(long MessageId, PageRequest Page) : IRequest<Result<Page<MessageVersionView>>>;

/// <summary>The text of a message from <see cref="CapturedAt"/> until the next version.</summary>
public sealed record MessageVersionView
{
    public string Body { get; init; } = "";

    public DateTime CapturedAt { get; init; }
}

internal sealed class ListMessageVersionsValidator : AbstractValidator<ListMessageVersions>
{
    public static readonly Sorting<MessageVersion> Sorting = new("id", version => version.Id);

    public ListMessageVersionsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListMessageVersionsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListMessageVersions, Result<Page<MessageVersionView>>>
{
    public async Task<Result<Page<MessageVersionView>>> Handle(ListMessageVersions request, CancellationToken cancellationToken)
    {
        if (!await db.Messages.AnyAsync(message => message.Id == request.MessageId, cancellationToken))
        {
            return MessageErrors.NotFound;
        }

        var versions = db.MessageVersions.Where(version => version.MessageId == request.MessageId);
        return await ListMessageVersionsValidator.Sorting.Apply(versions, request.Page.Sort).ProjectTo<MessageVersionView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
