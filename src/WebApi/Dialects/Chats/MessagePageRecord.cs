using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.OpenApi;
using Microsoft.AspNetCore.Http.Extensions;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>A page by cursor, because the number of messages is unbounded. Each page links to its neighbours.</summary>
public sealed record MessagePageRecord(
    IReadOnlyList<MessageRecord> Records,
    [property: JsonPropertyName("_metadata")] MessageMetadataRecord Metadata,
    [property: JsonPropertyName("_links")] MessageLinksRecord Links)
{
    public static MessagePageRecord From(CursorPage<ChatMessageView> page, HttpContext context)
    {
        var links = new MessageLinksRecord(
            Link(page.Start, CursorDirection.Older),
            Link(null, CursorDirection.Older),
            page.HasNewer ? Link(page.Start, CursorDirection.Newer) : null,
            page.Next is null ? null : Link(page.Next, CursorDirection.Older));
        return new MessagePageRecord([.. page.Items.Select(MessageRecord.From)], new MessageMetadataRecord(page.Size), links);

        LinkRecord Link(Cursor? position, CursorDirection direction)
        {
            var query = new QueryBuilder { { "size", page.Size.ToString(CultureInfo.InvariantCulture) } };
            if (position is not null)
            {
                query.Add("cursor", new MessageCursor(position, direction).ToString());
            }

            return new LinkRecord(context.PublicBaseUrl() + context.Request.Path + query);
        }
    }
}

public sealed record MessageMetadataRecord(int PageSize);

/// <param name="First">The newest page.</param>
/// <param name="Prev">The newer page, if any.</param>
/// <param name="Next">The older page, if any.</param>
public sealed record MessageLinksRecord(LinkRecord Self, LinkRecord First, LinkRecord? Prev, LinkRecord? Next);

/// <summary>A position in the list of messages, and the direction to read from it.</summary>
[StringSchema]
public readonly record struct MessageCursor(Cursor Position, CursorDirection Direction) : IParsable<MessageCursor>
{
    private const string Before = "before.";

    public override string ToString() => (Direction is CursorDirection.Newer ? Before : "") + Position;

    public static MessageCursor Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var cursor) ? cursor : throw new FormatException("The cursor is malformed.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MessageCursor result)
    {
        var newer = s?.StartsWith(Before, StringComparison.Ordinal) == true;
        var read = Cursor.TryParse(newer ? s![Before.Length..] : s, out var position);
        result = new MessageCursor(position!, newer ? CursorDirection.Newer : CursorDirection.Older);
        return read;
    }
}
