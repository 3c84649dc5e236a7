using System.Diagnostics.CodeAnalysis;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.WebApi.Hosting.OpenApi;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>A sort key such as <c>sort=title:ASC</c>; ascending by default.</summary>
[StringSchema]
public readonly record struct ChatSort(SortOrder Order) : IParsable<ChatSort>
{
    public static ChatSort Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var sort) ? sort : throw new FormatException($"'{s}' must have the form field:ASC or field:DESC.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ChatSort result)
    {
        var parts = (s ?? "").Split(':');
        var direction = parts.Length == 2 ? parts[1].ToUpperInvariant() : "ASC";
        result = new ChatSort(new SortOrder(parts[0], direction == "DESC"));
        return parts is [{ Length: > 0 }] or [{ Length: > 0 }, _] && direction is "ASC" or "DESC";
    }
}
