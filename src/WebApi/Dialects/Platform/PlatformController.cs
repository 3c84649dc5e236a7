using ChatPlatform.Application.Common.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;

namespace ChatPlatform.WebApi.Dialects.Platform;

[Dialect<PlatformDialect>]
[ApplicationAlias]
public abstract class PlatformController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Where links of this answer lead.</summary>
    protected Links Links => new(HttpContext.PublicBaseUrl(), User.ApplicationId());

    /// <summary>Shapes a page of a list.</summary>
    /// <param name="key">The list's name below <c>_embedded</c>.</param>
    /// <param name="path">The list's own, below the application.</param>
    protected PageResource Paged<T>(Page<T> page, string key, string path, Func<T, object> shape) =>
        PageResource.From(page, key, new ListAddress(Links, path, Request.Query), shape);

    /// <summary>Shapes a page of a list that is walked by cursor.</summary>
    protected CursorPageResource Paged<T>(CursorPage<T> page, string key, string path, Func<T, object> shape) =>
        CursorPageResource.From(page, key, new ListAddress(Links, path, Request.Query), shape);
}
