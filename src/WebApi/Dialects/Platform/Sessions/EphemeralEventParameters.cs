using System.Globalization;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Sessions;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Sessions;

public sealed class EphemeralEventParameters
{
    /// <summary>The size of the page: 25 by default, at most 200.</summary>
    [FromQuery(Name = "size")]
    public int? Size { get; init; }

    /// <summary>The cursor of a <c>next</c> link; absent for the beginning of the chat session.</summary>
    [FromQuery(Name = "start")]
    public string? Start { get; init; }

    internal Result<EphemeralEventRequest> ToRequest()
    {
        if (string.IsNullOrEmpty(Start))
        {
            return new EphemeralEventRequest(Size: Sizes.Of(Size));
        }

        return LogPosition.TryParse(Start, out var after)
            ? new EphemeralEventRequest(after, Sizes.Of(Size))
            : CommonErrors.Invalid("start", "is not a cursor of this list");
    }

    internal CursorPageResource Shape<T>(EphemeralEventPage<T> page, string key, ListUrl url, Func<T, object> shape)
    {
        var next = page.Next?.ToString();
        return new CursorPageResource(
            Embedding.Of(key, page.Items, shape),
            new Dictionary<string, Link> { ["self"] = At(Start), ["next"] = At(next) },
            new CursorPageMetadata(page.Size, Start, next));

        Link At(string? start) => url.With(("start", start), ("size", page.Size.ToString(CultureInfo.InvariantCulture)));
    }
}
