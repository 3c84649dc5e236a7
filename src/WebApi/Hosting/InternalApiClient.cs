using ChatPlatform.Application.Functions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>The application on whose behalf the server calls itself; cannot be set from outside.</summary>
internal sealed record InternalCaller(long ApplicationId, IReadOnlyList<string> Scopes);

/// <summary>Calls the server's own API without a token, through the same routes and checks as external calls.</summary>
internal sealed class InternalApiClient(IServiceScopeFactory scopes, ServerAddress address)
{
    private RequestDelegate? _pipeline;

    /// <summary>Must be called before adding the middleware that internal calls pass through.</summary>
    public void UsePipelineOf(IApplicationBuilder app) => app.Use(next => _pipeline = next);

    /// <param name="path">Including the query.</param>
    /// <param name="body">JSON; null for none.</param>
    public async Task<(int Status, byte[] Body)> SendAsync(
        InternalCaller caller, string method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallOrigin>().IsFunction = true;
        using var responseBody = new MemoryStream();
        var features = Features(method, path, body, responseBody, cancellationToken);
        var context = new DefaultHttpContext(features) { RequestServices = scope.ServiceProvider };
        context.Features.Set(caller);
        await (_pipeline ?? throw new InvalidOperationException("The server has not started yet."))(context);
        await context.Response.Body.FlushAsync(cancellationToken);
        return (context.Response.StatusCode, responseBody.ToArray());
    }

    private FeatureCollection Features(string method, string path, byte[]? body, Stream responseBody, CancellationToken cancellationToken)
    {
        var root = new Uri(address.BaseUrl);
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = method,
            Scheme = root.Scheme,
            Protocol = HttpProtocol.Http11,
            Path = PathString.FromUriComponent(query < 0 ? path : path[..query]).Value!,
            QueryString = query < 0 ? "" : path[query..],
            RawTarget = path,
            Headers = new HeaderDictionary { [HeaderNames.Host] = root.Authority, ContentLength = body?.Length ?? 0 },
            Body = new MemoryStream(body ?? []),
        });
        if (body is not null)
        {
            features.GetRequiredFeature<IHttpRequestFeature>().Headers.ContentType = "application/json";
        }

        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(responseBody));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancellationToken });
        return features;
    }
}
