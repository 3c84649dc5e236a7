using Microsoft.AspNetCore.Routing.Patterns;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>
/// For the host names in <c>Platform:RootHosts</c> the dialect also answers without <c>/v1</c>, for clients with a fixed host
/// (docs/contracts/platform.md#addresses).
/// </summary>
internal sealed class RootHosts(IConfiguration configuration, IServiceProvider services) : IStartupFilter
{
    private const string Root = "v1";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        var hosts = (configuration.GetSection("Platform:RootHosts").Get<string[]>() ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (hosts.Count == 0)
        {
            return next;
        }

        var segments = new Lazy<HashSet<string>>(FirstSegments);
        return app =>
        {
            app.Use((context, following) =>
            {
                var path = context.Request.Path;
                if (hosts.Contains(context.Request.Host.Host)
                    && path.Value!.Split('/', 3) is ["", var first, ..]
                    && segments.Value.Contains(first))
                {
                    context.Request.Path = $"/{Root}{path}";
                }

                return following(context);
            });
            next(app);
        };
    }

    /// <summary>The first part of each address below the root, such as <c>channels</c>.</summary>
    private HashSet<string> FirstSegments() => services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Select(endpoint => endpoint.RoutePattern.PathSegments)
        .Where(segments => segments.Count > 1 && TextOf(segments[0]) == Root)
        .Select(segments => TextOf(segments[1])).OfType<string>()
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string? TextOf(RoutePatternPathSegment segment) =>
        segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : null;
}
