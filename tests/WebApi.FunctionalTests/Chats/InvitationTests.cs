using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class InvitationTests : ChatTest
{
    [Test]
    public async Task Link_of_128_random_bits_leads_to_this_server()
    {
        var links = new[] { await LinkAsync(await ChatAsync()), await LinkAsync(await ChatAsync()) };

        Assert.That(links, Is.Unique);
        Assert.That(links, Has.All.Matches<string>(link => Regex.IsMatch(link, "^http://localhost/i/1\\.[A-Za-z0-9_-]{22}$")));
    }

    [Test]
    public async Task Page_shows_the_chat()
    {
        var chatId = await RegisterAsync(new { title = "<b>Tuesday</b>", description = "Tea & \"cake\"" });
        await ProvisionAsync(chatId);

        using var response = await Anonymous().GetAsync(await LinkAsync(chatId));

        var page = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(page, Does.Contain("<h1>&lt;b&gt;Tuesday&lt;/b&gt;</h1>").And.Contain("Tea &amp; &quot;cake&quot;"));
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Regex.Match(page, "<script nonce=\"([0-9a-f]+)\"").Groups[1].Value;
        Assert.That(policy, Does.StartWith("default-src 'none'").And.Contain($"script-src 'nonce-{nonce}'"));
        Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
    }

    [Test]
    public async Task User_joins_chat_and_channel_by_the_link()
    {
        var chatId = await ChatAsync();
        var link = await LinkAsync(chatId);

        using var first = await LoginFor(Riverside, Alice).PostAsync(link, null);
        using var second = await LoginFor(Riverside, Alice).PostAsync(link, null);

        Assert.That((string?)(await BodyAsync(first, HttpStatusCode.Accepted))["id"], Is.EqualTo(chatId.ToString()));
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), "joining twice changes nothing");
        Assert.That(await PresentAsync(chatId), Is.EqualTo(["alice"]));
        Assert.That(await MembersAsync(chatId), Is.EqualTo(["alice"]));
        Assert.That(await ScalarAsync("select uses from chat_invitations"), Is.EqualTo(1));
    }

    [Test]
    public async Task Joining_requires_a_login_of_the_same_application()
    {
        var chatId = await ChatAsync();
        var link = await LinkAsync(chatId);

        using var anonymous = await Anonymous().PostAsync(link, null);
        using var application = await Api.PostAsync(link, null);
        using var stranger = await LoginFor(Hillside, HillsideAlice).PostAsync(link, null);
        var both = LoginFor(Hillside, HillsideAlice);
        both.DefaultRequestHeaders.Authorization = Api.DefaultRequestHeaders.Authorization;
        using var confused = await both.PostAsync(link, null);

        await ProblemAsync(anonymous, HttpStatusCode.Unauthorized, "request.unauthenticated");
        await ProblemAsync(application, HttpStatusCode.Unauthorized, "request.unauthenticated");
        await ProblemAsync(stranger, HttpStatusCode.NotFound, "invitation.not_found");
        await ProblemAsync(confused, HttpStatusCode.Unauthorized, "request.unauthenticated");
        Assert.That(await MembersAsync(chatId), Is.Empty);
    }

    [TestCase("1.AAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("2.AAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("99999999999999999999999.A")]
    [TestCase("-1.A")]
    [TestCase("nonsense")]
    public async Task Unknown_code_is_not_found(string code)
    {
        using var page = await Anonymous().GetAsync($"/i/{code}");
        using var join = await LoginFor(Riverside, Alice).PostAsync($"/i/{code}", null);

        await ProblemAsync(page, HttpStatusCode.NotFound, "invitation.not_found");
        Assert.That((int)join.StatusCode, Is.EqualTo(404).Or.EqualTo(400), await join.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Revoked_link_is_refused()
    {
        var chatId = await ChatAsync();
        var link = await LinkAsync(chatId);

        using var revoked = await Api.DeleteAsync($"{Chats}/{chatId}/invitation");
        using var again = await Api.DeleteAsync($"{Chats}/{chatId}/invitation");

        Assert.That(revoked.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await RefusedAsync(link, "invitation.revoked");
        using var shown = await Api.GetAsync($"{Chats}/{chatId}/invitation");
        await ProblemAsync(shown, HttpStatusCode.Conflict, "chat.no_invitation");
    }

    [Test]
    public async Task Renewing_revokes_the_old_link()
    {
        var chatId = await ChatAsync();
        var old = await LinkAsync(chatId);

        await RenewAsync(chatId, new { });

        var link = await LinkAsync(chatId);
        Assert.That(link, Is.Not.EqualTo(old));
        await RefusedAsync(old, "invitation.revoked");
        using var joined = await LoginFor(Riverside, Alice).PostAsync(link, null);
        Assert.That(joined.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Expired_link_is_refused()
    {
        var chatId = await ChatAsync();
        await RenewAsync(chatId, new { expiresAt = "2026-06-15T13:00:00Z" });
        var link = await LinkAsync(chatId);
        using var page = await Anonymous().GetAsync(link);
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("2026-06-15T13:00:00.000Z"));

        Clock.Advance(TimeSpan.FromHours(1));

        await RefusedAsync(link, "invitation.expired");
        using var shown = await Api.GetAsync($"{Chats}/{chatId}/invitation");
        await ProblemAsync(shown, HttpStatusCode.Conflict, "invitation.expired");
    }

    [Test]
    public async Task Parallel_joins_do_not_exceed_the_maximum_uses()
    {
        var chatId = await ChatAsync();
        await RenewAsync(chatId, new { maxUses = 10 });
        var link = await LinkAsync(chatId);
        var users = await StoreUsersAsync(50);

        var logins = users.Select(user => LoginFor(Riverside, user)).ToList();
        var responses = await Task.WhenAll(logins.Select(login => login.PostAsync(link, null)));

        Assert.That(responses.Select(response => response.StatusCode), Has.Exactly(10).EqualTo(HttpStatusCode.Accepted)
            .And.Exactly(40).EqualTo(HttpStatusCode.Conflict));
        Assert.That((await PresentAsync(chatId)).Count(), Is.EqualTo(10));
        Assert.That(await MembersAsync(chatId), Is.EqualTo(await PresentAsync(chatId)));
        await RefusedAsync(link, "invitation.used_up");
        foreach (var response in responses)
        {
            response.Dispose();
        }
    }

    [TestCase("""{"maxUses":0}""", "maxUses")]
    [TestCase("""{"maxUses":100000}""", "maxUses")]
    [TestCase("""{"expiresAt":"2026-06-15T12:00:00Z"}""", "expiresAt")]
    [TestCase("""{"expiresAt":"tomorrow"}""", "expiresAt")]
    [TestCase("""{"uses":5}""", "uses")]
    public async Task Bad_body_is_refused_by_field(string json, string field)
    {
        var chatId = await ChatAsync();
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");

        using var response = await Api.PostAsync($"{Chats}/{chatId}/invitation", content);

        var problem = await BodyAsync(response, HttpStatusCode.BadRequest);
        Assert.That(problem["errors"]?.AsObject().Select(error => error.Key), Is.EqualTo([field]), $"{problem}");
    }

    private async Task<string> LinkAsync(Guid chatId)
    {
        var invitation = await GetAsync($"{Chats}/{chatId}/invitation");
        Assert.That((string?)invitation["service"], Is.EqualTo("internal"));
        return (string)invitation["invitation"]!;
    }

    private async Task RenewAsync(Guid chatId, object body)
    {
        using var response = await Api.PostAsJsonAsync($"{Chats}/{chatId}/invitation", body);
        await BodyAsync(response, HttpStatusCode.Accepted);
    }

    private async Task RefusedAsync(string link, string code)
    {
        using var page = await Anonymous().GetAsync(link);
        using var join = await LoginFor(Riverside, Bob).PostAsync(link, null);

        await ProblemAsync(page, HttpStatusCode.Conflict, code);
        await ProblemAsync(join, HttpStatusCode.Conflict, code);
    }

    private async Task<IReadOnlyList<SeededUser>> StoreUsersAsync(int count)
    {
        var users = Enumerable.Range(1_000, count).Select(id => new SeededUser(id, $"user-{id}", $"User {id}")).ToList();
        await using var db = Database.ContextFor(Riverside.Id);
        foreach (var user in users)
        {
            await ScalarAsync(
                $"""
                insert into users (application_id, id, type, name, display_name, is_guest, call_status, presence_status, properties,
                  created_time)
                values (1, {user.Id}, 0, '{user.Name}', '{user.DisplayName}', false, 0, 'UNAVAILABLE', jsonb_build_object(), now());
                insert into accounts (application_id, user_id, password_hash, roles, failed_logins)
                values (1, {user.Id}, 'x', array['user'], 0)
                """);
        }

        return users;
    }
}
