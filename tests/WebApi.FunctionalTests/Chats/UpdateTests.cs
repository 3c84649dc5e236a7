using System.Net;
using System.Net.Http.Json;
using System.Text;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class UpdateTests : ChatTest
{
    [Test]
    public async Task New_title_is_added_to_the_history_and_renames_the_channel()
    {
        var chatId = await ChatAsync("Tuesday");
        Clock.Advance(TimeSpan.FromSeconds(90));

        using var response = await PatchAsync(chatId, new { title = "Wednesday", description = "In the middle" });
        using var again = await PatchAsync(chatId, new { title = "Wednesday" });

        Assert.That((string?)(await BodyAsync(response, HttpStatusCode.Accepted))["id"], Is.EqualTo(chatId.ToString()));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var chat = await DetailAsync(chatId);
        Assert.That(chat["title"]!.ToJsonString(), Is.EqualTo(
            """
            [{"value":"Tuesday","contentType":"text/plain","capturedAt":"2026-06-15T12:00:00.000Z"},
            {"value":"Wednesday","contentType":"text/plain","capturedAt":"2026-06-15T12:01:30.000Z"}]
            """.ReplaceLineEndings("")));
        Assert.That((string?)chat["description"], Is.EqualTo("In the middle"));
        Assert.That(
            await ScalarAsync($"select display_name from channels where id = {await ChannelOfAsync(chatId)}"), Is.EqualTo("Wednesday"));
    }

    [Test]
    public async Task Renamed_channel_renames_the_chat()
    {
        var chatId = await ChatAsync("Tuesday");
        await using var db = Database.ContextFor(Riverside.Id);
        var channel = await db.Channels.FindAsync(Riverside.Id, await ChannelOfAsync(chatId));

        channel!.Rename("Thursday", Now.AddMinutes(1));
        await db.SaveChangesAsync();

        var titles = (await DetailAsync(chatId))["title"]!.AsArray().Select(title => (string)title!["value"]!);
        Assert.That(titles, Is.EqualTo(["Tuesday", "Thursday"]));
    }

    [Test]
    public async Task Empty_description_removes_it_and_an_empty_patch_changes_nothing()
    {
        var chatId = await RegisterAsync(new { title = "Tuesday", description = "About it" });

        using var nothing = await PatchAsync(chatId, new { });
        Assert.That((string?)(await DetailAsync(chatId))["description"], Is.EqualTo("About it"));

        using var away = await PatchAsync(chatId, new { description = "" });
        Assert.That((await DetailAsync(chatId)).ContainsKey("description"), Is.False);
    }

    [Test]
    public async Task Closed_chat_is_closed_for_good()
    {
        var chatId = await ChatAsync();
        var participantId = await AddAsync(chatId, Alice);

        using var closing = await PatchAsync(chatId, new { isActive = false });
        using var again = await PatchAsync(chatId, new { isActive = false });

        Assert.That(closing.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((bool)(await DetailAsync(chatId))["isActive"]!, Is.False);
        Assert.That(await ScalarAsync($"select active from channels where id = {await ChannelOfAsync(chatId)}"), Is.EqualTo(false));
        foreach (var refused in new[]
        {
            await PatchAsync(chatId, new { title = "Wednesday" }),
            await PatchAsync(chatId, new { isActive = true }),
            await Api.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}"),
            await Api.PostAsJsonAsync($"{Chats}/{chatId}/participants", new { user = new { username = "bob" } }),
            await Api.GetAsync($"{Chats}/{chatId}/invitation"),
            await Api.PostAsJsonAsync($"{Chats}/{chatId}/invitation", new { }),
        })
        {
            await ProblemAsync(refused, HttpStatusCode.Conflict, "chat.closed");
            refused.Dispose();
        }
    }

    [Test]
    public async Task Chat_closed_before_provisioning_is_never_provisioned()
    {
        var chatId = await RegisterAsync(new { title = "Tuesday" });
        using var confirming = await PatchAsync(chatId, new { isActive = true });
        using var closing = await PatchAsync(chatId, new { isActive = false });

        await ProvisionAsync(chatId);

        await ProblemAsync(confirming, HttpStatusCode.Conflict, "chat.not_made_yet");
        Assert.That((bool)(await DetailAsync(chatId))["isActive"]!, Is.False);
        Assert.That(await ScalarAsync($"select channel_id from chats where id = '{chatId}'"), Is.EqualTo(DBNull.Value));
    }

    [TestCase("""{"title":""}""", "title")]
    [TestCase("""{"title":"  "}""", "title")]
    [TestCase("""{"isActive":"no"}""", "isActive")]
    [TestCase("""{"service":"telegram"}""", "service")]
    public async Task Bad_body_is_refused_by_field(string json, string field)
    {
        var chatId = await ChatAsync();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");

        using var response = await Api.PatchAsync($"{Chats}/{chatId}", content);

        var problem = await BodyAsync(response, HttpStatusCode.BadRequest);
        Assert.That(problem["errors"]?.AsObject().Select(error => error.Key), Is.EqualTo([field]), $"{problem}");
    }

    [Test]
    public async Task Only_one_of_parallel_conditional_patches_succeeds()
    {
        var chatId = await ChatAsync();
        var tag = await TagAsync(chatId);

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PatchAsync(chatId, new { title = $"Title {i}" }, tag)));

        Assert.That(responses.Select(response => response.StatusCode), Has.Exactly(1).EqualTo(HttpStatusCode.Accepted)
            .And.Exactly(7).EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That((await DetailAsync(chatId))["title"]!.AsArray(), Has.Count.EqualTo(2));
        foreach (var response in responses)
        {
            response.Dispose();
        }
    }

    [TestCase("*", HttpStatusCode.Accepted)]
    [TestCase("\"elsewhere\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("nonsense", HttpStatusCode.PreconditionFailed)]
    [TestCase("W/{0}", HttpStatusCode.PreconditionFailed)]
    [TestCase("\"elsewhere\", {0}", HttpStatusCode.Accepted)]
    public async Task If_match_follows_http(string header, HttpStatusCode expected)
    {
        var chatId = await ChatAsync();
        var tag = await TagAsync(chatId);

        using var response = await PatchAsync(chatId, new { title = "Wednesday" }, header.Replace("{0}", tag, StringComparison.Ordinal));

        Assert.That(response.StatusCode, Is.EqualTo(expected), await response.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Tag_changes_with_every_visible_change()
    {
        var chatId = await ChatAsync();
        var tags = new List<string> { await TagAsync(chatId) };

        await AddAsync(chatId, Alice);
        tags.Add(await TagAsync(chatId));
        using (await PatchAsync(chatId, new { description = "More" }))
        {
            tags.Add(await TagAsync(chatId));
        }

        Assert.That(tags, Is.Unique);
        Assert.That(await TagAsync(chatId), Is.EqualTo(tags[^1]));
    }

    [Test]
    public async Task Another_applications_chat_cannot_be_changed()
    {
        var chatId = await ChatAsync("Tuesday");
        using var content = JsonContent.Create(new { title = "Mine" });

        using var response = await ClientFor(Hillside).PatchAsync($"{Chats}/{chatId}", content);

        await ProblemAsync(response, HttpStatusCode.NotFound, "chat.not_found");
        Assert.That(await ScalarAsync($"select title from chats where id = '{chatId}'"), Is.EqualTo("Tuesday"));
    }

    private async Task<string> TagAsync(Guid chatId)
    {
        using var response = await Api.GetAsync($"{Chats}/{chatId}");
        return response.Headers.ETag!.ToString();
    }

    private async Task<HttpResponseMessage> PatchAsync(Guid chatId, object body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Chats}/{chatId}") { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await Api.SendAsync(request);
    }
}
