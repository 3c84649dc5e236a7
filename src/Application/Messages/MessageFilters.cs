using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>What narrows a list of messages.</summary>
/// <param name="Username">Only messages of the user of this name, also those that were not passed on: the sender sees them.</param>
/// <param name="Search">
/// Only texts with these words, in any order (<c>"a phrase"</c>, <c>-without</c>, <c>or</c>), or in which just this stands; a part of a
/// word is found from three letters or digits on. Case does not matter (platform contract, ruling 17).
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
/// What the lists of messages share. One rule says which messages are on a list: those that were passed on, and where only one sender's
/// are asked for, all that they sent (docs/decisions/0014).
/// </summary>
internal static class MessageFilters
{
    /// <summary>How many letters and digits in a row the index can find within a word.</summary>
    private const int ShortestPart = 3;

    /// <summary>What others see of these messages, or what a sender sees of their own.</summary>
    public static IQueryable<Message> ApplyFilter(this IQueryable<Message> messages, MessageFilter filter, IChatDbContext db) =>
        (filter.Username is null ? messages.Where(message => message.Broadcast) : messages.SentBy(filter.Username, db))
            .Matching(filter.Search);

    /// <summary>Those of one user, who is looked up once for the whole list; all when no name is given, none when nobody has it.</summary>
    public static IQueryable<Message> SentBy(this IQueryable<Message> messages, string? username, IChatDbContext db) => username is null
        ? messages
        : messages.Where(message => message.UserId == db.Users.NotDeleted()
            .Where(user => user.Name == username).Select(user => user.Id).FirstOrDefault());

    /// <summary>Those that a search finds; all when nothing is searched for.</summary>
    public static IQueryable<Message> Matching(this IQueryable<Message> messages, string? search)
    {
        if (search is null)
        {
            return messages;
        }

        var pattern = $"%{search.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
        var found = HasPart(search)
            ? messages.Where(message =>
                StoreFunctions.IsLike(message.Body, pattern) || StoreFunctions.HasWords(message.Body, search))
            : messages.Where(message => StoreFunctions.HasWords(message.Body, search));
        return found.TagWith(StoreFunctions.CustomPlan);
    }

    private static bool HasPart(string search)
    {
        var length = 0;
        foreach (var rune in search.EnumerateRunes())
        {
            length = System.Text.Rune.IsLetterOrDigit(rune) ? length + 1 : 0;
            if (length == ShortestPart)
            {
                return true;
            }
        }

        return false;
    }
}
