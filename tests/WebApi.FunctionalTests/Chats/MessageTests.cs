using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Files;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class MessageTests : ChatTest
{
    [Test]
    public async Task Message_belongs_to_the_channel_and_has_a_hash()
    {
        var chatId = await ChatAsync();
        var alice = await AddAsync(chatId, Alice);

        using var response = await Api.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text = "Grüß Gott", writtenBy = alice });

        var messageId = (string)(await BodyAsync(response, HttpStatusCode.Created))["id"]!;
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"http://localhost{Chats}/{chatId}/messages/{messageId}"));
        var shown = await GetAsync(response.Headers.Location!.PathAndQuery);
        Assert.That(JsonNode.DeepEquals(shown, JsonNode.Parse(
            $$"""
            {"id":"{{messageId}}","writtenBy":"{{alice}}","writtenAt":"2026-06-15T12:00:00.000Z","deleted":false,
             "content":[{"value":"Grüß Gott","contentType":"text/plain","capturedAt":"2026-06-15T12:00:00.000Z",
             "hash":"7b98e6762820c7920be475b53e3f6b7d83c0ceb56e7b01ce7fa8b9e100c1fe94"}]}
            """)), shown.ToString());
        var inChannel = await SendAsync(new GetMessage(long.Parse(messageId, CultureInfo.InvariantCulture)));
        Assert.That((inChannel.Value.Body, inChannel.Value.User?.Name), Is.EqualTo(("Grüß Gott", "alice")));
    }

    [Test]
    public async Task Messages_of_the_channel_are_messages_of_the_chat()
    {
        var chatId = await ChatAsync();
        await AddAsync(chatId, Bob);
        var channel = MessageTarget.Channel(await ChannelOfAsync(chatId));

        await SendAsync(new SendMessage(channel, new(Bob.Id), "From elsewhere"));
        await SendAsync(new SendMessage(channel, null, "From the application"));

        var shown = await GetAsync($"{Chats}/{chatId}/messages");
        Assert.That(Texts(shown), Is.EquivalentTo(["From the application", "From elsewhere"]));
        Assert.That(shown["records"]!.AsArray().Count(message => message!.AsObject().ContainsKey("writtenBy")), Is.EqualTo(1));
    }

    [Test]
    public async Task Edit_appends_and_delete_marks()
    {
        var chatId = await ChatAsync();
        var messageId = await SendMessageAsync(chatId, "First");
        await EditAsync(messageId, "Second", Now.AddMinutes(1));
        await EditAsync(messageId, "Second", Now.AddMinutes(2));
        await EditAsync(messageId, "Third", Now.AddMinutes(3));
        var edited = await GetAsync($"{Chats}/{chatId}/messages/{messageId}");

        await SendAsync(new DeleteMessage(messageId));

        var deleted = await GetAsync($"{Chats}/{chatId}/messages/{messageId}");
        Assert.That(
            edited["content"]!.AsArray().Select(version => $"{version!["value"]} {version["capturedAt"]}"),
            Is.EqualTo(["First 2026-06-15T12:00:00.000Z", "Second 2026-06-15T12:01:00.000Z", "Third 2026-06-15T12:03:00.000Z"]));
        Assert.That((bool)deleted["deleted"]!, Is.True);
        Assert.That(deleted["content"]!.ToJsonString(), Is.EqualTo(edited["content"]!.ToJsonString()));
        Assert.That(Texts(await GetAsync($"{Chats}/{chatId}/messages")), Is.EqualTo(["Third"]), "still in the list");
    }

    [Test]
    public async Task Uploaded_file_is_shown_by_its_address_even_after_deletion()
    {
        var chatId = await ChatAsync();
        await AddAsync(chatId, Bob);
        var channel = MessageTarget.Channel(await ChannelOfAsync(chatId));
        var upload = new Upload(new MemoryStream([1]), "a.png", "image/png");
        var sent = (await SendAsync(new SendFile(channel, upload, () => new FileMessageDetails(new(Bob.Id), null, null)))).Value;
        var shown = await GetAsync($"{Chats}/{chatId}/messages/{sent.Id}");

        await SendAsync(new DeleteMessage(sent.Id));

        var deleted = await GetAsync($"{Chats}/{chatId}/messages/{sent.Id}");
        Assert.That((string)shown["content"]![0]!["value"]!, Is.EqualTo(sent.File!.Url));
        Assert.That(deleted["content"]!.ToJsonString(), Is.EqualTo(shown["content"]!.ToJsonString()));
    }

    [Test]
    public async Task Pinning_replaces_the_pinned_message()
    {
        var chatId = await ChatAsync();
        var first = await SendMessageAsync(chatId, "One", pin: true);
        var second = await SendMessageAsync(chatId, "Two", pin: true);

        Assert.That((await GetAsync($"{Chats}/{chatId}/messages/{first}")).ContainsKey("pinned"), Is.False);
        Assert.That((bool)(await GetAsync($"{Chats}/{chatId}/messages/{second}"))["pinned"]!, Is.True);
    }

    [Test]
    public async Task Links_lead_through_all_messages_and_back()
    {
        var chatId = await ChatAsync();
        for (var i = 1; i <= 5; i++)
        {
            await SendMessageAsync(chatId, $"Message {i}");
            Clock.Advance(TimeSpan.FromSeconds(i % 2));
        }

        var first = await GetAsync($"{Chats}/{chatId}/messages?size=2");
        var second = await FollowAsync(first, "next");
        var third = await FollowAsync(second, "next");
        var back = await FollowAsync(third, "prev");

        Assert.That(Texts(first), Is.EqualTo(["Message 5", "Message 4"]));
        Assert.That(Texts(second), Is.EqualTo(["Message 3", "Message 2"]));
        Assert.That(Texts(third), Is.EqualTo(["Message 1"]));
        Assert.That(Texts(back), Is.EqualTo(Texts(second)));
        Assert.That(first["_links"]!.AsObject().Select(link => link.Key), Is.EquivalentTo(["self", "first", "next"]));
        Assert.That(third["_links"]!.AsObject().Select(link => link.Key), Is.EquivalentTo(["self", "first", "prev"]));
        Assert.That((await FollowAsync(second, "self"))["records"]!.ToJsonString(), Is.EqualTo(second["records"]!.ToJsonString()));
    }

    [Test]
    public async Task Number_of_commands_does_not_depend_on_the_page_size()
    {
        var chatId = await ChatAsync();
        var alice = await AddAsync(chatId, Alice);
        await SendMessageAsync(chatId, "One", writtenBy: alice);
        var one = await CountAsync();
        for (var i = 0; i < 10; i++)
        {
            await SendMessageAsync(chatId, $"Message {i}", writtenBy: alice);
        }

        Assert.That(await CountAsync(), Is.EqualTo(one));

        async Task<int> CountAsync()
        {
            using var counter = CommandCounter.Start();
            await GetAsync($"{Chats}/{chatId}/messages?size=200");
            return counter.Count;
        }
    }

    [TestCase("""{"text":""}""", "text")]
    [TestCase("""{}""", "text")]
    [TestCase("""{"text":"x","pinMessage":"yes"}""", "pinMessage")]
    [TestCase("""{"text":"x","writtenBy":"9a983789-1709-4543-aa31-a02867680017"}""", "writtenBy")]
    [TestCase("""{"text":"x","colour":"red"}""", "colour")]
    public async Task Bad_message_is_refused_by_field(string json, string field)
    {
        var chatId = await ChatAsync();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");

        using var response = await Api.PostAsync($"{Chats}/{chatId}/messages", content);

        var problem = await BodyAsync(response, HttpStatusCode.BadRequest);
        Assert.That(problem["errors"]?.AsObject().Select(error => error.Key), Is.EqualTo([field]), $"{problem}");
    }

    [Test]
    public async Task Messages_of_former_participants_or_to_inactive_chats_are_refused()
    {
        var chatId = await ChatAsync();
        var alice = await AddAsync(chatId, Alice);
        using (await Api.DeleteAsync($"{Chats}/{chatId}/participants/{alice}"))
        {
        }

        using var left = await Api.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text = "x", writtenBy = alice });
        using var early = await Api.PostAsJsonAsync($"{Chats}/{await RegisterAsync(new { title = "Later" })}/messages", new { text = "x" });
        using (await Api.PatchAsJsonAsync($"{Chats}/{chatId}", new { isActive = false }))
        {
        }

        using var closed = await Api.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text = "x" });

        await ProblemAsync(left, HttpStatusCode.BadRequest, "chat.unknown_writer");
        await ProblemAsync(early, HttpStatusCode.Conflict, "chat.not_made_yet");
        await ProblemAsync(closed, HttpStatusCode.Conflict, "chat.closed");
    }

    [Test]
    public async Task Message_of_another_chat_or_application_is_not_found()
    {
        var chatId = await ChatAsync();
        var messageId = await SendMessageAsync(chatId, "x");
        var other = await ChatAsync();

        using var elsewhere = await Api.GetAsync($"{Chats}/{other}/messages/{messageId}");
        using var malformed = await Api.GetAsync($"{Chats}/{chatId}/messages/first");
        using var stranger = await ClientFor(Hillside).GetAsync($"{Chats}/{chatId}/messages/{messageId}");
        using var list = await ClientFor(Hillside).GetAsync($"{Chats}/{chatId}/messages");
        using var post = await ClientFor(Hillside).PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text = "x" });
        using var cursor = await Api.GetAsync($"{Chats}/{chatId}/messages?cursor=here");

        await ProblemAsync(elsewhere, HttpStatusCode.NotFound, "message.not_found");
        await ProblemAsync(malformed, HttpStatusCode.NotFound, "http.no_route");
        await ProblemAsync(stranger, HttpStatusCode.NotFound, "chat.not_found");
        await ProblemAsync(list, HttpStatusCode.NotFound, "chat.not_found");
        await ProblemAsync(post, HttpStatusCode.NotFound, "chat.not_found");
        await ProblemAsync(cursor, HttpStatusCode.BadRequest, "request.invalid");
    }

    private async Task<long> SendMessageAsync(Guid chatId, string text, bool pin = false, Guid? writtenBy = null)
    {
        using var response = await Api.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text, pinMessage = pin, writtenBy });
        return long.Parse((string)(await BodyAsync(response, HttpStatusCode.Created))["id"]!, CultureInfo.InvariantCulture);
    }

    private async Task EditAsync(long messageId, string text, DateTime at)
    {
        await using var db = Database.ContextFor(Riverside.Id);
        Message message = (await db.Messages.FindAsync(Riverside.Id, messageId))!;
        message.Edit(text, at);
        await db.SaveChangesAsync();
    }

    private Task<JsonObject> FollowAsync(JsonObject page, string relation) =>
        GetAsync(new Uri((string)page["_links"]![relation]!["href"]!).PathAndQuery);

    private static IEnumerable<string> Texts(JsonObject page) =>
        page["records"]!.AsArray().Select(message => (string)message!["content"]!.AsArray()[^1]!["value"]!);
}
