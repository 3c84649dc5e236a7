using System.Net;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>Each route requires exactly its declared scopes.</summary>
internal sealed class ScopeTests : ServerTest
{
    private IEnumerable<TableRoute> Routes => TableRoute.ReadAll(Server.Services).Where(route => route.IsScoped && !route.IsAlias);

    [Test]
    public async Task A_token_that_lacks_one_scope_is_rejected()
    {
        var wrong = new List<string>();
        foreach (var route in Routes)
        {
            foreach (var scope in route.Scopes)
            {
                string[] others = [.. route.Scopes.Where(other => other != scope).DefaultIfEmpty("read:nothing")];
                if (await SendAsync(route, others) is var status and not HttpStatusCode.Forbidden)
                {
                    wrong.Add($"{route.Name} without {scope}: {(int)status}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task A_token_with_only_the_required_scopes_is_accepted()
    {
        var wrong = new List<string>();
        foreach (var route in Routes)
        {
            foreach (var scopes in new[] { route.Scopes, [.. route.Scopes.Select(Wildcard)], [.. route.Scopes.Select(OtherNumber)] })
            {
                if (await SendAsync(route, [.. scopes]) is var status and (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
                {
                    wrong.Add($"{route.Name} with {string.Join(' ', scopes)}: {(int)status}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    private static string Wildcard(string scope) => $"{scope.Split(':')[0]}:*";

    /// <summary>Scopes may be singular or plural (docs/contracts/platform.md#authentication-and-scopes).</summary>
    private static string OtherNumber(string scope) => scope.EndsWith('s') ? scope[..^1] : scope + "s";

    private async Task<HttpStatusCode> SendAsync(TableRoute route, string[] scopes)
    {
        await Database.ResetAsync();
        using var client = Server.ClientFor(SeededCommunity.Riverside, scopes);
        using var request = new HttpRequestMessage(
            new HttpMethod(route.Method), new Uri(route.PathWith(TenancyTests.Own(route)), UriKind.Relative));
        request.Content = SampleBodies.Content(route);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
