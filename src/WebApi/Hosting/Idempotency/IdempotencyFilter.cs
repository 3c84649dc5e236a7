using System.Security.Cryptography;
using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ChatPlatform.WebApi.Hosting.Idempotency;

/// <summary>
/// Gives the first answer again to a POST repeated under the same <c>Idempotency-Key</c>. Only answers of success are kept: a request
/// that was refused changed nothing and may be sent again. Uploads are not covered, they have keys of their own inside.
/// </summary>
internal sealed class IdempotencyFilter : IAsyncResourceFilter
{
    public const string Header = "Idempotency-Key";

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var keys)
            || http.Request.HasFormContentType || http.User.Identity?.IsAuthenticated != true)
        {
            await next();
            return;
        }

        if (keys is not [{ Length: > 0 and <= TextLimits.IdempotencyKey } key])
        {
            context.Result = new ErrorResult(CommonErrors.Invalid(Header, $"must be one key of 1 to {TextLimits.IdempotencyKey} characters"));
            return;
        }

        var idempotency = http.RequestServices.GetRequiredService<IIdempotency>();
        var keyHash = SHA256.HashData(Encoding.UTF8.GetBytes($"{http.Request.Path}\n{key}"));
        var begun = await idempotency.BeginAsync(keyHash, await HashBodyAsync(http.Request), http.RequestAborted);
        if (!begun.IsSuccess)
        {
            context.Result = new ErrorResult(begun.Error);
        }
        else if (begun.Value is { } first)
        {
            await RepeatAsync(http.Response, first);
        }
        else
        {
            await RunAsync(http, idempotency, next);
        }
    }

    /// <summary>Nothing is sent before the change and its answer are committed.</summary>
    private static async Task RunAsync(HttpContext http, IIdempotency idempotency, ResourceExecutionDelegate next)
    {
        var wire = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        try
        {
            var executed = await next();
            if (executed.Exception is null && http.Response.StatusCode is >= 200 and < 300)
            {
                await idempotency.CommitAsync(
                    http.Response.StatusCode,
                    http.Response.ContentType,
                    http.Response.Headers.Location,
                    answer.ToArray(),
                    http.RequestAborted);
            }
        }
        finally
        {
            await idempotency.AbandonAsync();
            http.Response.Body = wire;
        }

        answer.Position = 0;
        await answer.CopyToAsync(wire, http.RequestAborted);
    }

    private static async Task RepeatAsync(HttpResponse response, IdempotentAnswer first)
    {
        response.StatusCode = first.Status;
        response.ContentType = first.ContentType;
        response.Headers.Location = first.Location;
        await response.Body.WriteAsync(first.Content);
    }

    private static async Task<byte[]> HashBodyAsync(HttpRequest request)
    {
        request.EnableBuffering();
        var hash = await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return hash;
    }
}
