using System.Net;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>A server that runs out of database connections.</summary>
public sealed class BusyDatabaseTests : ServerTest
{
    protected override void Configure(ServerFactory server) =>
        server.Settings["ConnectionStrings:ChatPlatform"] = $"{Database.ConnectionString};Maximum Pool Size=2;Timeout=1";

    [Test]
    public async Task A_request_without_a_connection_gets_503_and_the_others_complete()
    {
        using var client = ClientFor(SeededCommunity.Riverside);
        await client.GetAsync(new Uri("/v1/users", UriKind.Relative));
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "LOCK TABLE users IN ACCESS EXCLUSIVE MODE";
        await command.ExecuteNonQueryAsync();

        var requests = Enumerable.Range(0, 4).Select(_ => client.GetAsync(new Uri("/v1/users", UriKind.Relative))).ToList();
        var first = await Task.WhenAny(requests);
        using var refused = await first;
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("temporarily unavailable").And.Not.Contain("pool"));
        await Task.WhenAny(requests.Where(request => request != first));
        await transaction.RollbackAsync();

        var statuses = (await Task.WhenAll(requests)).Select(response => (int)response.StatusCode).Order();
        Assert.That(statuses, Is.EqualTo([200, 200, 503, 503]));
    }
}
