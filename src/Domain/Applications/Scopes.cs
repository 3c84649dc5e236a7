namespace ChatPlatform.Domain.Applications;

/// <summary>The <c>verb:resource</c> scopes of a token (docs/contracts/platform.md#authentication-and-scopes).</summary>
public static class Scopes
{
    public static readonly IReadOnlyList<string> All = ["create:*", "read:*", "update:*", "delete:*"];

    /// <summary>By name or by <c>verb:*</c>. Singular and plural are equal: published clients use both forms.</summary>
    public static bool Allow(IEnumerable<string> granted, string required)
    {
        var singular = Singular(required);
        var wildcard = singular[..(singular.IndexOf(':') + 1)] + "*";
        return granted.Any(scope => scope == wildcard || Singular(scope) == singular);
    }

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
