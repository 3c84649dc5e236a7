using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Requests beside a deletion come before it, and then their rows go with it, or are refused.</summary>
public sealed class DeletionRaceTests : PlatformTest
{
    private const int Rounds = 200;

    [Test]
    public async Task What_is_stored_while_a_user_is_deleted_does_not_stay()
    {
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var user = await CreateUserAsync($"ghost-{round}");
            var reference = $$$"""{"user":{"id":{{{user}}}}}""";
            (string Path, string Body)[] requests =
            [
                ("/v1/channels/1/members", $$"""{"id":{{user}}}"""),
                ("/v1/channels/2/invites", reference),
                ("/v1/channels/1/blacklist", $$"""{"id":{{user}}}"""),
                ("/v1/user-sessions", reference),
                ("/v1/channels", $$"""{"type":"DIRECT","members":[{"id":{{user}}},{"id":{{Alice.Id}}}]}"""),
                (Messages, Message(user)),
            ];

            refused += await RaceAsync(requests, user, $"/v1/users/{user}");
        }

        Assert.That(refused, Is.InRange(1, (Rounds * 6) - 1), "some requests come before the deletion and some after");
        foreach (var table in new[] { "channel_members", "channel_invites", "channel_blacklist", "user_sessions", "notifications" })
        {
            Assert.That(
                await CountAsync($"{table} r join users u on u.application_id = r.application_id and u.id = r.user_id where u.deleted_time is not null"),
                Is.Zero,
                table);
        }
    }

    [Test]
    public async Task No_message_of_an_erased_user_stays()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var user = await CreateUserAsync($"spammer-{round}");
            await RaceAsync([.. Enumerable.Repeat((Messages, Message(user)), 6)], user, $"/v1/users/{user}?erase=true");
        }

        Assert.That(
            await CountAsync("messages m join users u on u.application_id = m.application_id and u.id = m.user_id where u.name like '%spammer-%'"),
            Is.Zero);
        Assert.That(await CountAsync("messages where body = 'spam'"), Is.Zero);
    }

    [Test]
    public async Task Erasing_includes_messages_that_are_dated_ahead()
    {
        var user = await CreateUserAsync("ahead");
        var message = (long)(await PostAsync(Messages, Message(user)))["id"]!;
        await using var command = Database.DataSource.CreateCommand("update messages set created_time = $1 where id = $2");
        command.Parameters.Add(new() { Value = Now.AddHours(12) });
        command.Parameters.Add(new() { Value = message });
        await command.ExecuteNonQueryAsync();

        await DeleteAsync($"/v1/users/{user}?erase=true");

        await GetAsync($"/v1/messages/{message}", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task One_change_of_a_version_succeeds_also_when_one_is_a_deletion()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = (long)(await PostAsync(Messages, Message(Alice.Id)))["id"]!;
            using var current = await Caller.GetAsync(new Uri($"/v1/messages/{id}", UriKind.Relative));
            var results = await Task.WhenAll(
                ChangeAsync(HttpMethod.Patch, id, current.Headers.ETag!, """{"body":"final"}"""),
                ChangeAsync(HttpMethod.Delete, id, current.Headers.ETag!));

            Assert.That(results.Count(status => status is HttpStatusCode.OK), Is.EqualTo(1), string.Join(' ', results));
            Assert.That(results, Has.One.AnyOf(HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound));
        }
    }

    private const string Messages = "/v1/channels/1/messages";

    private static string Message(long user) => $$$"""{"type":"TEXT","body":"spam","user":{"id":{{{user}}}}}""";

    private async Task<long> CreateUserAsync(string name) =>
        (long)(await PostAsync("/v1/users", $$"""{"name":"{{name}}","displayName":"Ghost","isGuest":false}"""))["id"]!;

    /// <returns>How many requests were refused; the others succeeded, and so did the deletion.</returns>
    private async Task<int> RaceAsync((string Path, string Body)[] requests, long user, string deletion)
    {
        var sent = requests.Select(request => Task.Run(() => StatusAsync(HttpMethod.Post, request.Path, request.Body))).ToList();
        await sent[(int)(user % sent.Count)];
        var deleted = await StatusAsync(HttpMethod.Delete, deletion);
        var statuses = await Task.WhenAll(sent);

        Assert.That(deleted, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(statuses, Is.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound));
        return statuses.Count(status => status is not HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> ChangeAsync(HttpMethod method, long message, EntityTagHeaderValue tag, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/v1/messages/{message}", UriKind.Relative));
        request.Headers.IfMatch.Add(tag);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Caller.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Caller.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<long> CountAsync(string rows)
    {
        await using var command = Database.DataSource.CreateCommand($"select count(*) from {rows}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
