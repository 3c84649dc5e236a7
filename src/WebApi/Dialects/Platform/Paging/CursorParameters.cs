using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Paging;

/// <summary>The direction from the two cursors of a page.</summary>
public enum CursorRelation
{
    Self = 0,
    Previous = 1,
    Next = 2,
}

/// <summary>All but the size come from links (docs/contracts/platform.md#cursor-lists).</summary>
public sealed class CursorParameters
{
    /// <summary>The size of the page: 25 by default, at most 200.</summary>
    [FromQuery(Name = "size")]
    public int? Size { get; init; }

    /// <summary>The cursor of the first item on the page with the link.</summary>
    [FromQuery(Name = "start")]
    public string? Start { get; init; }

    /// <summary>The cursor of the first item on the next page.</summary>
    [FromQuery(Name = "next")]
    public string? Next { get; init; }

    [FromQuery(Name = "relation")]
    public string? Relation { get; init; }

    public Result<CursorRequest> ToRequest()
    {
        Cursor? start = null, next = null;
        if (!string.IsNullOrEmpty(Start) && !Cursor.TryParse(Start, out start))
        {
            return CommonErrors.Invalid("start", "is not a cursor of this list");
        }

        if (!string.IsNullOrEmpty(Next) && !Cursor.TryParse(Next, out next))
        {
            return CommonErrors.Invalid("next", "is not a cursor of this list");
        }

        var relation = start is null && next is not null ? CursorRelation.Next : CursorRelation.Self;
        if (!string.IsNullOrEmpty(Relation) && !WireEnum.TryParse(Relation, out relation))
        {
            return CommonErrors.Invalid("relation", WireEnum.Expected<CursorRelation>());
        }

        var size = Sizes.Of(Size);
        return relation switch
        {
            CursorRelation.Next => new CursorRequest(next ?? start, CursorDirection.Older, size),
            CursorRelation.Previous => new CursorRequest(start, CursorDirection.Newer, size),
            _ => new CursorRequest(start, CursorDirection.Older, size),
        };
    }
}
