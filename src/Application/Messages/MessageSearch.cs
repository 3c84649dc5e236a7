using System.Linq.Expressions;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace ChatPlatform.Application.Messages;

/// <summary>
/// Searches in texts of messages: terms in any order, <c>"phrases"</c>, <c>-without</c> and <c>or</c>, which binds less than the space
/// between two terms. A text has a term as words or as it stands, within words too (docs/decisions/0025).
/// </summary>
internal static partial class MessageSearch
{
    /// <summary>Shorter terms may not be found within words, so that the search is also found as it stands.</summary>
    private const int ShortestPart = 3;

    /// <summary>The messages that match the search. Null finds all; a search without words or symbols finds none.</summary>
    public static IQueryable<Message> Matching(this IQueryable<Message> messages, string? search)
    {
        if (search is null)
        {
            return messages;
        }

        var terms = Terms().Matches(search).Select(match => new Term(match)).Where(term => !term.IsIgnored).ToList();
        return messages.Where(Predicate(search, terms)).TagWith(StoreFunctions.CustomPlan);
    }

    private static Expression<Func<Message, bool>> Predicate(string search, List<Term> terms)
    {
        var alternatives = new List<Expression<Func<Message, bool>>>();
        Expression<Func<Message, bool>>? all = null;
        foreach (var term in terms)
        {
            if (term.IsOr)
            {
                alternatives.AddRange(all is null ? [] : [all]);
                all = null;
            }
            else
            {
                all = all is null ? term.Predicate : Combine(all, term.Predicate, Expression.AndAlso);
            }
        }

        alternatives.AddRange(all is null ? [] : [all]);
        if (alternatives.Count == 0)
        {
            return Has(search);
        }

        if (terms.Any(term => term.IsOperator || (terms.Count > 1 && term.Text.Length < ShortestPart)))
        {
            alternatives.Add(message => StoreFunctions.HasPart(message.Body, search));
        }

        return alternatives.Aggregate((left, right) => Combine(left, right, Expression.OrElse));
    }

    /// <summary>A text that has a word of ASCII letters and digits contains it; other terms may differ from the text between their words.</summary>
    private static Expression<Func<Message, bool>> Has(string term) => term.Length >= ShortestPart && term.All(char.IsAsciiLetterOrDigit)
        ? message => StoreFunctions.HasPart(message.Body, term)
        : message => StoreFunctions.HasPart(message.Body, term) || StoreFunctions.HasWords(message.Body, term);

    private static Expression<Func<Message, bool>> HasNot(string term) => message =>
        !(StoreFunctions.HasPart(message.Body, term) || StoreFunctions.HasWords(message.Body, term));

    private static Expression<Func<Message, bool>> Combine(
        Expression<Func<Message, bool>> left,
        Expression<Func<Message, bool>> right,
        Func<Expression, Expression, Expression> combine)
    {
        var message = left.Parameters[0];
        return Expression.Lambda<Func<Message, bool>>(
            combine(left.Body, ReplacingExpressionVisitor.Replace(right.Parameters[0], message, right.Body)), message);
    }

    // A minus sign excludes only before a phrase, a letter, a digit or a sign beyond ASCII: "--force" and "->" are terms.
    [GeneratedRegex("""(?<not>-(?=["\w]|[^\x00-\x7f]))?(?:"(?<phrase>[^"]*)"?|(?<word>[^\s"]+))""", RegexOptions.CultureInvariant)]
    private static partial Regex Terms();

    private sealed class Term(Match match)
    {
        private readonly bool _isPhrase = match.Groups["phrase"].Success;
        private readonly bool _isExcluded = match.Groups["not"].Success;

        public string Text { get; } = match.Groups["phrase"].Success ? match.Groups["phrase"].Value : match.Groups["word"].Value;

        public bool IsOr => !IsIgnored && !_isPhrase && !_isExcluded && Text.Equals("or", StringComparison.OrdinalIgnoreCase);

        public bool IsOperator => _isPhrase || _isExcluded || IsOr;

        /// <summary>Single ASCII signs separate words, like the spaces around them.</summary>
        public bool IsIgnored => string.IsNullOrWhiteSpace(Text)
            || (Text.Length == 1 && char.IsAscii(Text[0]) && !char.IsAsciiLetterOrDigit(Text[0]));

        public Expression<Func<Message, bool>> Predicate => _isExcluded ? HasNot(Text) : Has(Text);
    }
}
