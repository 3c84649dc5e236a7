using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>Only <see cref="ChatKitty"/> has snake_case names (docs/contracts/platform.md#media-types-and-casing).</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Hal = "application/hal+json";
    public const string VendorHal = "application/vnd.hal+json";
    public const string ChatKitty = "application/vnd.chatkitty+json";
    public const string ChatKitty1 = "application/vnd.chatkitty.v1+json";

    /// <summary>The most preferred first.</summary>
    private static readonly string[] Writable = [Json, Hal, VendorHal, ChatKitty, ChatKitty1];

    /// <summary>The best match of Accept; JSON if none matches.</summary>
    public static string Negotiate(HttpRequest request)
    {
        var header = request.Headers.Accept;
        if (header.Count == 0 || header is [Json] || !MediaTypeHeaderValue.TryParseList(header, out var accepted))
        {
            return Json;
        }

        return Writable
            .Select((type, index) => (Type: type, Quality: QualityOf(type, accepted), Index: index))
            .Where(candidate => candidate.Quality > 0)
            .OrderByDescending(candidate => candidate.Quality)
            .ThenBy(candidate => candidate.Index)
            .Select(candidate => candidate.Type)
            .FirstOrDefault(Json);
    }

    // The most specific range that covers the type decides (RFC 9110, 12.5.1).
    private static double QualityOf(string type, IList<MediaTypeHeaderValue> accepted)
    {
        var own = new MediaTypeHeaderValue(type);
        return accepted
            .Where(range => range.MatchesAllTypes || range.MediaType == own.MediaType
                || (range.MatchesAllSubTypes && range.Type == own.Type))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
