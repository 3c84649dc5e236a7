using System.Security.Cryptography;
using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Files;
using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Hosting.Idempotency;

/// <summary>
/// Repeats the first successful response to a POST sent again with the same <c>Idempotency-Key</c>. With a key, an upload is buffered in a
/// temporary file. Imports are not covered: their items have their own keys.
/// </summary>
internal sealed class IdempotencyFilter(IOptions<FileLimits> limits) : IAsyncResourceFilter
{
    public const string Header = "Idempotency-Key";

    private const long FormOverheadBytes = 1024 * 1024;
    private const int BufferBytes = 64 * 1024;

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var keys)
            || (http.Request.HasFormContentType && IsUnbounded(http)) || http.User.Identity?.IsAuthenticated != true)
        {
            await next();
            return;
        }

        if (keys is not [{ Length: > 0 and <= TextLimits.IdempotencyKey } key])
        {
            context.Result = new ErrorResult(
                CommonErrors.Invalid(Header, $"must be one key of 1 to {TextLimits.IdempotencyKey} characters"));
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
            await ReplayAsync(http.Response, first);
        }
        else
        {
            await RunAsync(http, idempotency, next);
        }
    }

    /// <summary>Sends nothing before the change and its response are committed.</summary>
    private static async Task RunAsync(HttpContext http, IIdempotency idempotency, ResourceExecutionDelegate next)
    {
        var original = http.Response.Body;
        using var responseBody = new MemoryStream();
        http.Response.Body = responseBody;
        try
        {
            var executed = await next();
            if (executed.Exception is null && http.Response.StatusCode is >= 200 and < 300)
            {
                await idempotency.CommitAsync(
                    http.Response.StatusCode,
                    http.Response.ContentType,
                    http.Response.Headers.Location,
                    responseBody.ToArray(),
                    http.RequestAborted);
            }
        }
        finally
        {
            await idempotency.RollbackAsync();
            http.Response.Body = original;
        }

        if (idempotency.FirstResponse is { } first)
        {
            http.Response.ContentLength = null;
            await ReplayAsync(http.Response, first);
            return;
        }

        responseBody.Position = 0;
        await responseBody.CopyToAsync(original, http.RequestAborted);
    }

    private static async Task ReplayAsync(HttpResponse response, IdempotentResponse first)
    {
        response.StatusCode = first.Status;
        response.ContentType = first.ContentType;
        response.Headers.Location = first.Location;
        await response.Body.WriteAsync(first.Content);
    }

    private static bool IsUnbounded(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is { MaxRequestBodySize: null };

    private async Task<byte[]> HashBodyAsync(HttpRequest request)
    {
        request.EnableBuffering();
        var cancellationToken = request.HttpContext.RequestAborted;
        var hash = request.HasFormContentType
            ? await HashFormAsync(request, cancellationToken)
            : await SHA256.HashDataAsync(request.Body, cancellationToken);
        request.Body.Position = 0;
        return hash;
    }

    /// <summary>Hashes the parts without their boundary, which differs on each attempt.</summary>
    private async Task<byte[]> HashFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = limits.Value.MaxBytes + FormOverheadBytes;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value ?? "";
            var parts = new MultipartReader(boundary, request.Body);
            var buffer = new byte[BufferBytes];
            while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                foreach (var (name, value) in part.Headers ?? [])
                {
                    hash.AppendData(Encoding.UTF8.GetBytes($"{name}: {value}\n"));
                }

                while (await part.Body.ReadAsync(buffer, cancellationToken) is var read and > 0)
                {
                    hash.AppendData(buffer, 0, read);
                }
            }
        }
        catch (Exception malformed) when (malformed is IOException or FormatException or ArgumentException)
        {
            // The endpoint rejects the form.
        }

        return hash.GetHashAndReset();
    }
}
