using System.Net;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>Every scope that a route names is asked for, and no other, whatever the running server has for routes.</summary>
internal sealed class ScopeTests : ServerTest
{
    private IEnumerable<TableRoute> Routes => TableRoute.ReadAll(Server.Services).Where(route => route.IsScoped && !route.IsAlias);

    [Test]
    public async Task A_token_with_all_scopes_but_one_is_refused()
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
    public async Task A_token_with_just_the_scopes_suffices()
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

    /// <summary>The contract writes some scopes in the plural; either will do.</summary>
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
