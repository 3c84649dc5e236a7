using System.Net;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>A connection string that disables prepared statements.</summary>
public sealed class UnpreparedStatementsTests : ServerTest
{
    private const int Connections = 3;

    protected override void Configure(ServerFactory server) => server.Settings["ConnectionStrings:ChatPlatform"] =
        $"{Database.ConnectionString};Max Auto Prepare=0;Minimum Pool Size={Connections};Maximum Pool Size={Connections}";

    [Test]
    public async Task Nothing_is_prepared_for_any_kind_of_caller()
    {
        var client = ClientFor(SeededCommunity.Riverside);
        var developer = DeveloperFor(SeededCommunity.Riverside);
        var login = LoginFor(SeededCommunity.Riverside, SeededCommunity.Alice);
        for (var i = 0; i < 10; i++)
        {
            foreach (var (caller, address) in new[] { (client, "/v1/users"), (developer, "/channels"), (login, "/api/v1/me") })
            {
                using var response = await caller.GetAsync(new Uri(address, UriKind.Relative));
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), address);
            }
        }

        // Opened together, so that each is a different connection.
        var source = Server.Services.GetRequiredService<NpgsqlDataSource>();
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => source.OpenConnectionAsync().AsTask()));
        foreach (var connection in connections)
        {
            await using (connection)
            {
                await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_prepared_statements", connection);
                Assert.That(await command.ExecuteScalarAsync(), Is.Zero);
            }
        }
    }
}
