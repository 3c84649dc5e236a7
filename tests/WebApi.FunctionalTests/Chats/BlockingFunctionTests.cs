using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Functions;
using ChatPlatform.Testing;
using ChatPlatform.WebApi.FunctionalTests.Platform;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class BlockingFunctionTests : ChatTest
{
    private ScriptedRuntime _runtime = null!;

    protected override void Configure(ServerFactory server) => _runtime = ScriptedRuntime.In(server);

    [SetUp]
    public async Task DeployAsync()
    {
        _runtime.Reset();
        await ScalarAsync(
            """
            INSERT INTO chat_runtimes (application_id, revision, dependencies) VALUES (1, 1, '[]');
            INSERT INTO functions (application_id, id, type, name, enabled, fails_open, current_version_number, created_time)
            VALUES (1, 1, 'user.attempted.send_message', 'f', true, true, 1, now());
            INSERT INTO function_versions (application_id, function_id, number, script, created_time) VALUES (1, 1, 1, 'handle', now())
            """);
    }

    [Test]
    public async Task Functions_change_or_deny_messages_of_participants_only()
    {
        var chat = await ChatAsync();
        var bob = await AddAsync(chat, Bob);
        _runtime.Run = (call, _) => Task.FromResult(
            call.Event.GetProperty("message").GetProperty("body").GetString() == "spam"
                ? ScriptedRuntime.Fails(FunctionErrorKind.Thrown, "Not here")
                : ScriptedRuntime.Returns("""{"body":"changed","properties":{"seen":true}}"""));

        await SendMessageAsync(chat, "hello", bob, HttpStatusCode.Created);
        var refused = await SendMessageAsync(chat, "spam", bob, HttpStatusCode.Forbidden);
        await SendMessageAsync(chat, "spam", null, HttpStatusCode.Created);

        Assert.That(refused.ToJsonString(), Does.Contain("Not here"));
        var channel = await ChannelOfAsync(chat);
        Assert.That(
            await ScalarAsync($"SELECT string_agg(body || properties::text, ' ' ORDER BY id) FROM messages WHERE channel_id = {channel}"),
            Is.EqualTo("""changed{"seen": true} spam{}"""));
        Assert.That(_runtime.Requests, Has.Count.EqualTo(2));
    }

    private async Task<JsonObject> SendMessageAsync(Guid chat, string text, Guid? writer, HttpStatusCode expected)
    {
        using var response = await Api.PostAsJsonAsync($"{Chats}/{chat}/messages", new { text, writtenBy = writer });
        return await BodyAsync(response, expected);
    }
}
