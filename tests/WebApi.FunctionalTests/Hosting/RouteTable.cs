using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>One route and method of a dialect, read from the running server.</summary>
/// <param name="ResponseType">The type of the successful response; null if it is not JSON.</param>
internal sealed record TableRoute(
    string Dialect,
    string Method,
    string Template,
    IReadOnlyList<string> Parameters,
    bool IsAnonymous,
    IReadOnlyList<string> Scopes,
    string Scheme,
    Type? ResponseType)
{
    private const string Alias = "/v1/applications/{applicationId}/";

    public string Name => $"{Method} {Template}";

    public bool IsScoped => Scopes.Count > 0;

    /// <summary>Whether this is the alias of a route (docs/contracts/platform.md#addresses).</summary>
    public bool IsAlias => Template.StartsWith(Alias, StringComparison.Ordinal);

    public string CanonicalName => Name.Replace(Alias, "/v1/", StringComparison.Ordinal);

    public static IReadOnlyList<TableRoute> ReadAll(IServiceProvider services)
    {
        var dialects = services.GetServices<IDialect>().ToDictionary(dialect => dialect.GetType());
        return
        [
            .. from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               let metadata = endpoint.Metadata.GetMetadata<IDialectMetadata>()
               where metadata is not null
               from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
               select new TableRoute(
                   dialects[metadata.DialectType].Name,
                   method,
                   "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Text)))),
                   [.. endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name)],
                   endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                   endpoint.Metadata.GetMetadata<RequiresScopeAttribute>()?.Scopes ?? [],
                   dialects[metadata.DialectType].AuthenticationScheme,
                   ResponseTypeOf(endpoint)),
        ];
    }

    public string PathWith(IEnumerable<string> values) =>
        Parameters.Zip(values).Aggregate(Template, (path, pair) =>
            path.Replace($"{{{pair.First}}}", pair.Second, StringComparison.Ordinal));

    private static Type? ResponseTypeOf(RouteEndpoint endpoint) => endpoint.Metadata.OfType<IApiResponseMetadataProvider>()
        .FirstOrDefault(response => response.StatusCode is >= 200 and < 300)?.Type is { } type && type != typeof(void) ? type : null;

    private static string Text(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        _ => throw new NotSupportedException("This kind of route part is not supported."),
    };
}
