using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>Two server processes on one database and one data folder.</summary>
[Platform(Exclude = "Win")]
internal sealed class TwoServersTests : ServerProcessTest
{
    private const int Items = 20_000;

    [Test]
    public async Task A_job_runs_once_and_moves_to_another_server_after_a_kill()
    {
        using var first = await StartAsync();
        using var second = await StartAsync();
        var jobs = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            jobs.Add(await ImportAsync(i % 2 == 0 ? first : second, $"{i}-", 100));
        }

        jobs.Add(await ImportAsync(first, "long-", Items));
        await Wait.UntilAsync(
            async () => (long?)await ScalarAsync($"select processed from jobs where id = {jobs[^1]}") > 0, "the long import to run");
        var worker = (string)(await ScalarAsync($"select worker from jobs where id = {jobs[^1]}"))!;
        var (holder, other) = worker.Contains($"/{first.Id}/", StringComparison.Ordinal) ? (first, second) : (second, first);
        Assert.That(worker, Does.Contain($"/{holder.Id}/"));
        holder.KillAtOnce();
        await holder.ExitAsync();

        await Wait.UntilAsync(
            async () =>
            {
                var job = await other.Client.GetFromJsonAsync<JsonObject>(new Uri($"/v1/jobs/{jobs[^1]}", UriKind.Relative));
                return (string)job!["state"]! is "FINISHED" or "FAILED";
            },
            "the other server to finish the job",
            TimeSpan.FromMinutes(3));
        Assert.That(
            await ScalarAsync(
                $"select string_agg(concat_ws(' ', state, attempts, succeeded, failed), ',' order by id) from jobs where id < {jobs[^1]}"),
            Is.EqualTo(string.Join(',', Enumerable.Repeat("2 1 100 0", 6))),
            "each short job ran once");
        Assert.That(
            await ScalarAsync($"select concat_ws(' ', state, attempts, succeeded, skipped, failed) from jobs where id = {jobs[^1]}"),
            Is.EqualTo($"2 2 {Items} 0 0"));
        Assert.That(await ScalarAsync("select count(*) from users where name like 'long-%'"), Is.EqualTo(Items));
    }

    private async Task<ServerProcess> StartAsync()
    {
        var server = ServerProcess.Start(
            Folder,
            ("ConnectionStrings__ChatPlatform", Database.ConnectionString),
            ("Jobs__Lease", "00:00:02"),
            ("RateLimits__platform__Permits", "0"));
        await server.UntilReadyAsync();
        await server.AuthenticateAsync(SeededCommunity.Riverside.ClientId, SeededCommunity.Riverside.ClientSecret);
        return server;
    }

    private static async Task<long> ImportAsync(ServerProcess server, string prefix, int count)
    {
        var users = string.Join('\n', Enumerable.Range(0, count).Select(i =>
            $$"""{"idempotencyKey":"{{prefix}}{{i}}","name":"{{prefix}}{{i}}","displayName":"User"}"""));
        using var form = new MultipartFormDataContent { { new StringContent(users, Encoding.UTF8), "file", "users.ndjson" } };
        using var accepted = await server.Client.PostAsync(new Uri("/v1/imports/users", UriKind.Relative), form);
        return (long)(await accepted.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }
}
