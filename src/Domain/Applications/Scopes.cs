namespace ChatPlatform.Domain.Applications;

/// <summary>The <c>verb:resource</c> scopes of a token (platform contract, section 3).</summary>
public static class Scopes
{
    /// <summary>What a client has unless it was given less.</summary>
    public static readonly IReadOnlyList<string> All = ["create:*", "read:*", "update:*", "delete:*"];

    /// <summary>
    /// Whether <paramref name="granted"/> holds <paramref name="required"/>, by name or by <c>verb:*</c>. A plural is taken for its
    /// singular on both sides, since the contract writes <c>read:channels</c> and <c>read:channel</c> for one thing.
    /// </summary>
    public static bool Allow(IEnumerable<string> granted, string required)
    {
        var wanted = Singular(required);
        var wildcard = wanted[..(wanted.IndexOf(':') + 1)] + "*";
        return granted.Any(scope => scope == wildcard || Singular(scope) == wanted);
    }

    /// <summary>Whether it reads as <c>verb:resource</c> or <c>verb:*</c> with one of the four verbs.</summary>
    public static bool IsWellFormed(string scope)
    {
        var colon = scope.IndexOf(':');
        return colon > 0
            && scope[..colon] is "create" or "read" or "update" or "delete"
            && scope.Length > colon + 1
            && (scope[(colon + 1)..] == "*" || scope[(colon + 1)..].All(c => char.IsAsciiLetterLower(c) || c == '_'));
    }

    private static string Singular(string scope) => scope.EndsWith('s') ? scope[..^1] : scope;
}
