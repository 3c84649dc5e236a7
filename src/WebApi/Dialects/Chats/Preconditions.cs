using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Chats;

internal static class Preconditions
{
    /// <summary>The versions that If-Match names; null when there is no such header or any version will do.</summary>
    public static IReadOnlyList<string>? IfMatch(this HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return null;
        }

        // A weak tag never matches a change (RFC 9110, 13.1.1), nor does one that cannot be read.
        return EntityTagHeaderValue.TryParseList([.. header.OfType<string>()], out var tags)
            ? tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))
                ? null
                : [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.Value!.Trim('"'))]
            : [];
    }
}
