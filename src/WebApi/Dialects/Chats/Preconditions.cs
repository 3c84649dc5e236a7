using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Chats;

internal static class Preconditions
{
    /// <summary>The strong tags in If-Match; null without the header or for <c>*</c>.</summary>
    public static IReadOnlyList<string>? IfMatch(this HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return null;
        }

        // Weak tags never match (RFC 9110, 13.1.1), nor do unreadable ones.
        return EntityTagHeaderValue.TryParseList([.. header.OfType<string>()], out var tags)
            ? tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))
                ? null
                : [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.Value!.Trim('"'))]
            : [];
    }
}
