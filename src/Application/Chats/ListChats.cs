using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Lists the application's chats, newest first by default; filters are combined by AND (docs/contracts/chats.md#paging and #filters).
/// A page after the last one is empty and has the total.
/// </summary>
/// <param name="Ids">Null or empty for any.</param>
/// <param name="FromDate">Earliest registration, UTC, inclusive.</param>
/// <param name="ToDate">Latest registration, UTC, inclusive.</param>
public sealed record ListChats(
    PageRequest Page, bool? IsActive = null, IReadOnlyList<Guid>? Ids = null, DateTime? FromDate = null, DateTime? ToDate = null)
    : IRequest<Result<Page<ChatView>>>;

internal sealed class ListChatsValidator : AbstractValidator<ListChats>
{
    private const int MaxIds = 1_000;

    public ListChatsValidator()
    {
        RuleFor(r => r.Page).PageOf(ListChatsHandler.Sorting, allowPastEnd: true);
        RuleFor(r => r.Ids).Must(ids => ids is null || ids.Count <= MaxIds)
            .OverridePropertyName("id").WithMessage($"must name at most {MaxIds} chats");
        RuleFor(r => r.FromDate).Must((r, from) => from is null || r.ToDate is null || from <= r.ToDate)
            .WithMessage("must not be after toDate");
    }
}

internal sealed class ListChatsHandler(IChatDbContext db, ChatQueries queries) : IRequestHandler<ListChats, Result<Page<ChatView>>>
{
    public static readonly Sorting<Chat> Sorting = new Sorting<Chat>("id", chat => chat.Id)
        .By("registeredAt", chat => chat.RegisteredAt)
        .By("title", chat => chat.Title)
        .By("createdBy", chat => chat.CreatedBy)
        .By("isActive", chat => chat.IsActive);

    private static readonly SortOrder[] NewestFirst = [new("registeredAt", Descending: true)];

    public async Task<Result<Page<ChatView>>> Handle(ListChats request, CancellationToken cancellationToken)
    {
        var page = request.Page;
        var chats = Filter(db.Chats, request);
        var total = await chats.LongCountAsync(cancellationToken);
        if ((long)page.Number * page.Size >= total)
        {
            return new Page<ChatView>([], page.Number, page.Size, total);
        }

        if ((long)page.Number * page.Size > PageRequest.MaxDepth)
        {
            return CommonErrors.Invalid("page", $"must not skip more than {PageRequest.MaxDepth} chats; narrow the list by a filter");
        }

        var sorted = Sorting.Apply(chats, page.Sort is { Count: > 0 } sort ? sort : NewestFirst);
        var items = await queries.ReadAsync(sorted.Skip(page.Skip).Take(page.Size), cancellationToken);
        return new Page<ChatView>(items, page.Number, page.Size, total);
    }

    private static IQueryable<Chat> Filter(IQueryable<Chat> chats, ListChats request)
    {
        if (request.IsActive is { } isActive)
        {
            chats = chats.Where(chat => chat.IsActive == isActive);
        }

        if (request.Ids is { Count: > 0 } ids)
        {
            chats = chats.Where(chat => ids.Contains(chat.Id));
        }

        if (request.FromDate is { } from)
        {
            chats = chats.Where(chat => chat.RegisteredAt >= from);
        }

        return request.ToDate is { } to ? chats.Where(chat => chat.RegisteredAt <= to) : chats;
    }
}
