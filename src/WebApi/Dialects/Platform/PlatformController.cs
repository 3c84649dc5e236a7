using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Dialects.Platform.Applications;
using ChatPlatform.WebApi.Dialects.Platform.Jobs;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform;

[Dialect<PlatformDialect>]
[ApplicationAlias]
public abstract class PlatformController(IMediator mediator) : DialectController(mediator)
{
    protected Links Links => new(HttpContext.PublicBaseUrl(), User.ApplicationId());

    /// <summary>Responds with a single resource and its entity tag.</summary>
    protected Task<IActionResult> Send<T>(IRequest<Result<T>> request, Func<T, object> shape, Func<T, uint> version) =>
        Send(request, value => (IActionResult)new TaggedResult(shape(value), version(value)));

    /// <summary>Sends a request that may require one of some versions (If-Match).</summary>
    protected Task<IActionResult> Send<T>(Func<IReadOnlyCollection<uint>?, IRequest<Result<T>>> request, Func<T, IActionResult> onSuccess)
    {
        var expected = Request.ExpectedVersions();
        return expected.IsSuccess ? Send(request(expected.Value), onSuccess) : Task.FromResult(Refuse(expected.Error));
    }

    /// <summary>Responds to a deletion with the application.</summary>
    protected async Task<IActionResult> SendForApplication(Func<IReadOnlyCollection<uint>?, IRequest<Result<Done>>> request)
    {
        var removed = await Send(request, _ => new EmptyResult());
        return removed is EmptyResult
            ? await Send(new GetApplication(), application => ApplicationResource.From(application, Links))
            : removed;
    }

    /// <summary>Adds an entity tag to single resources that are read, unless caching is forbidden.</summary>
    protected override IActionResult Respond(object resource) =>
        HttpMethods.IsGet(Request.Method) && resource is not (PageResource or CursorPageResource or JobErrorsResource)
        && HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResponseCacheAttribute>()?.NoStore != true
            ? new TaggedResult(resource, version: 0)
            : base.Respond(resource);

    /// <param name="key">The name of the list below <c>_embedded</c>.</param>
    protected PageResource Paged<T>(Page<T> page, string key, string path, Func<T, object> shape) =>
        PageResource.From(page, key, new ListUrl(Links, path, Request.Query), shape);

    protected CursorPageResource Paged<T>(CursorPage<T> page, string key, string path, Func<T, object> shape) =>
        CursorPageResource.From(page, key, new ListUrl(Links, path, Request.Query), shape);
}
