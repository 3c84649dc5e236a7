using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>The only place that unwraps a <see cref="Result{T}"/>.</summary>
[ApiController]
public abstract class DialectController(IMediator mediator) : ControllerBase
{
    protected async Task<IActionResult> Send<T>(IRequest<Result<T>> request, Func<T, IActionResult> onSuccess)
    {
        var result = await mediator.Send(request, HttpContext.RequestAborted);
        return result.IsSuccess ? onSuccess(result.Value) : new ErrorResult(result.Error);
    }

    protected Task<IActionResult> Send<T>(IRequest<Result<T>> request, Func<T, object> shape) =>
        Send(request, value => Respond(shape(value)));

    protected virtual IActionResult Respond(object resource) => new ObjectResult(resource);

    /// <summary>Rejects input from which no request can be built.</summary>
    protected IActionResult Refuse(Error error) => new ErrorResult(error);
}
