using ChatPlatform.Testing;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Architecture.Tests;

/// <summary>All routes with their policies: a new route shows up in review.</summary>
public sealed class RouteTests : ServerTest
{
    private const string NoDialect = "server";

    /// <summary>Routes without authentication.</summary>
    private static IEnumerable<string> Open => File.ReadLines(Path.Combine(Solution.Root, "tests/Architecture.Tests/AnonymousRoutes.txt"));

    [Test]
    public void Routes_are_as_approved() => Assert.Multiple(() =>
    {
        foreach (var dialect in Routes().GroupBy(route => route.Dialect).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var table = dialect.OrderBy(route => route.Template, StringComparer.Ordinal)
                .ThenBy(route => route.Methods, StringComparer.Ordinal)
                .Select(route => $"{route.Methods,-7} {route.Template,-90} {route.Policy}");
            Approved.MatchesText(string.Join('\n', table), $"Routes.{dialect.Key}");
        }
    });

    /// <summary>The routes that each scope opens, without aliases.</summary>
    [Test]
    public void Scopes_are_as_approved()
    {
        var platform = Routes().Where(route => route.Dialect == "platform" && !route.IsAlias && route.Policy.Contains(':')).ToList();
        var table = platform.SelectMany(route => route.Policy.Split(' ').Select(scope => (Scope: scope, Route: route)))
            .GroupBy(pair => pair.Scope)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Select(pair => pair.Route)
                .OrderBy(route => route.Template, StringComparer.Ordinal).ThenBy(route => route.Methods, StringComparer.Ordinal)
                .Aggregate(group.Key, (lines, route) => $"{lines}\n    {route.Methods,-7} {route.Template}"));
        Approved.MatchesText(string.Join('\n', table), "Scopes.platform");
    }

    [Test]
    public void An_alias_requires_the_same_scopes()
    {
        var policies = Routes().Where(route => !route.IsAlias).ToDictionary(route => route.Name, route => route.Policy);

        Assert.That(
            Routes().Where(route => route.IsAlias && policies[route.CanonicalName] != route.Policy).Select(route => route.Name), Is.Empty);
    }

    [Test]
    public void Every_route_has_a_policy() =>
        Assert.That(Routes().Where(route => route.Policy.Length == 0).Select(route => route.Name), Is.Empty);

    [Test]
    public void Anonymous_routes_are_the_listed_ones() =>
        Assert.That(Routes().Where(route => route.Policy == "anonymous").Select(route => route.Name), Is.EquivalentTo(Open));

    [Test]
    public void Routes_are_unique() =>
        Assert.That(Routes().Select(route => route.Name), Is.Unique);

    private List<Route> Routes() =>
        [.. Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(Describe)];

    private static Route Describe(RouteEndpoint endpoint)
    {
        var metadata = endpoint.Metadata;
        var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"];
        var accepted = metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [];
        var dialect = metadata.GetMetadata<IDialectMetadata>()?.DialectType.Name.Replace("Dialect", "", StringComparison.Ordinal);
        return new Route(
            dialect?.ToLowerInvariant() ?? NoDialect,
            string.Join(',', methods),
            string.Join(' ', accepted.Prepend("/" + endpoint.RoutePattern.RawText?.TrimStart('/'))),
            PolicyOf(metadata));
    }

    private static string PolicyOf(EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return "anonymous";
        }

        var required = metadata.GetOrderedMetadata<IAuthorizeData>().SelectMany(data => data switch
        {
            RequiresScopeAttribute scopes => scopes.Scopes,
            RequiresPermissionAttribute permission => [permission.Permission],
            _ => [data.Policy ?? data.Roles ?? "caller"],
        });
        return string.Join(' ', required.Distinct());
    }

    private sealed record Route(string Dialect, string Methods, string Template, string Policy)
    {
        private const string Alias = "/v1/applications/{applicationId:long}/";

        public string Name => $"{Methods} {Template}";

        public bool IsAlias => Template.StartsWith(Alias, StringComparison.Ordinal);

        public string CanonicalName => Name.Replace(Alias, "/v1/", StringComparison.Ordinal);
    }
}
