using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;

namespace ChatPlatform.Application.Messages;

/// <param name="Username">Only messages of this user, broadcast or not: senders see their own messages.</param>
/// <param name="Search">
/// Only texts that match the search, see <see cref="MessageSearch"/> (docs/contracts/platform.md#message-lists-and-search).
/// </param>
public sealed record MessageFilter(string? Username = null, string? Search = null)
{
    public static readonly MessageFilter None = new();
}

internal sealed class MessageFilterValidator : AbstractValidator<MessageFilter>
{
    public MessageFilterValidator()
    {
        RuleFor(f => f.Username).OptionalText(TextLimits.Name).OverridePropertyName("username");
        RuleFor(f => f.Search).OptionalText(TextLimits.Search).OverridePropertyName("query");
    }
}

/// <summary>
/// The filters of all message lists. A list shows broadcast messages; a list of one sender shows all messages of the sender
/// (docs/decisions/0014).
/// </summary>
internal static class MessageFilters
{
    /// <summary>The messages that others see, or all messages of the sender in the filter.</summary>
    public static IQueryable<Message> ApplyFilter(this IQueryable<Message> messages, MessageFilter filter, IChatDbContext db) =>
        (filter.Username is null ? messages.Where(message => message.Broadcast) : messages.SentBy(filter.Username, db))
            .Matching(filter.Search);

    /// <summary>The messages of one user, who is looked up once per list. A null name finds all, an unknown name none.</summary>
    public static IQueryable<Message> SentBy(this IQueryable<Message> messages, string? username, IChatDbContext db) => username is null
        ? messages
        : messages.Where(message => message.UserId == db.Users.NotDeleted()
            .Where(user => user.Name == username).Select(user => user.Id).FirstOrDefault());
}
