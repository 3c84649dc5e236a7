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

/// <summary>All that the server answers to, and who may ask: a new route shows up in review.</summary>
public sealed class RouteTests : ServerTest
{
    private const string NoDialect = "server";

    /// <summary>Routes that ask nobody who they are.</summary>
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

    /// <summary>The same the other way round: what a token may do that holds a scope. Aliases are left out.</summary>
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
    public void An_alias_asks_for_the_same_scopes()
    {
        var policies = Routes().Where(route => !route.IsAlias).ToDictionary(route => route.Name, route => route.Policy);

        Assert.That(
            Routes().Where(route => route.IsAlias && policies[route.CanonicalName] != route.Policy).Select(route => route.Name), Is.Empty);
    }

    [Test]
    public void Every_route_says_who_may_ask() =>
        Assert.That(Routes().Where(route => route.Policy.Length == 0).Select(route => route.Name), Is.Empty);

    [Test]
    public void Anonymous_routes_are_the_listed_ones() =>
        Assert.That(Routes().Where(route => route.Policy == "anonymous").Select(route => route.Name), Is.EquivalentTo(Open));

    [Test]
    public void No_two_routes_are_the_same() =>
        Assert.That(Routes().Select(route => route.Name), Is.Unique);

    private List<Route> Routes() =>
        [.. Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(Describe)];

    private static Route Describe(RouteEndpoint endpoint)
    {
        var metadata = endpoint.Metadata;
        var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"];
        var takes = metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [];
        var dialect = metadata.GetMetadata<IDialectMetadata>()?.DialectType.Name.Replace("Dialect", "", StringComparison.Ordinal);
        return new Route(
            dialect?.ToLowerInvariant() ?? NoDialect,
            string.Join(',', methods),
            string.Join(' ', takes.Prepend("/" + endpoint.RoutePattern.RawText?.TrimStart('/'))),
            PolicyOf(metadata));
    }

    private static string PolicyOf(EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return "anonymous";
        }

        var wanted = metadata.GetOrderedMetadata<IAuthorizeData>().SelectMany(data => data switch
        {
            RequiresScopeAttribute scopes => scopes.Scopes,
            RequiresPermissionAttribute permission => [permission.Permission],
            _ => [data.Policy ?? data.Roles ?? "caller"],
        });
        return string.Join(' ', wanted.Distinct());
    }

    private sealed record Route(string Dialect, string Methods, string Template, string Policy)
    {
        private const string Alias = "/v1/applications/{applicationId:long}/";

        public string Name => $"{Methods} {Template}";

        public bool IsAlias => Template.StartsWith(Alias, StringComparison.Ordinal);

        public string CanonicalName => Name.Replace(Alias, "/v1/", StringComparison.Ordinal);
    }
}
