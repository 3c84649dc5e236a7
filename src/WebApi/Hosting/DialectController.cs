using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>Binds, sends, shapes. The only place that opens a <see cref="Result{T}"/>.</summary>
[ApiController]
public abstract class DialectController(IMediator mediator) : ControllerBase
{
    /// <summary>Runs the use case; a failure is answered in the dialect's shape.</summary>
    protected async Task<IActionResult> Send<T>(IRequest<Result<T>> request, Func<T, IActionResult> onSuccess)
    {
        var result = await mediator.Send(request, HttpContext.RequestAborted);
        return result.IsSuccess ? onSuccess(result.Value) : new ErrorResult(result.Error);
    }

    /// <summary>Runs the use case and answers 200 with the shaped value.</summary>
    protected Task<IActionResult> Send<T>(IRequest<Result<T>> request, Func<T, object> shape) =>
        Send(request, value => Respond(shape(value)));

    /// <summary>200 with a resource.</summary>
    protected virtual IActionResult Respond(object resource) => new ObjectResult(resource);

    /// <summary>Refuses what could not even be made into a request.</summary>
    protected IActionResult Refuse(Error error) => new ErrorResult(error);
}
