using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

/// <summary>A fixture of the chats dialect. No worker runs: tests call <see cref="ProvisionAsync"/>.</summary>
public abstract class ChatTest : ServerTest
{
    protected const string Chats = "/api/v1/private/chats";

    private HttpClient? _api;

    /// <summary>A client with a token of the application Riverside.</summary>
    protected HttpClient Api => _api ??= Server.ClientFor(Riverside);

    [TearDown]
    public void DisposeApi()
    {
        _api?.Dispose();
        _api = null;
    }

    protected async Task<Result<T>> SendAsync<T>(IRequest<Result<T>> request, SeededApplication? application = null)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use((application ?? Riverside).Id);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    protected async Task<Guid> RegisterAsync(object body, HttpClient? api = null)
    {
        using var response = await (api ?? Api).PostAsJsonAsync(Chats, body);
        return Guid.Parse((string)(await BodyAsync(response, HttpStatusCode.Accepted))["id"]!);
    }

    protected async Task ProvisionAsync(Guid chatId, SeededApplication? application = null)
    {
        var provisioned = await SendAsync(new ProvisionChat(chatId), application);
        Assert.That(provisioned.IsSuccess, provisioned.Error?.Message);
    }

    /// <summary>Creates a provisioned chat.</summary>
    protected async Task<Guid> ChatAsync(string title = "Tuesday")
    {
        var chatId = await RegisterAsync(new { title });
        await ProvisionAsync(chatId);
        return chatId;
    }

    protected async Task<Guid> AddAsync(Guid chatId, SeededUser user)
    {
        var added = await SendAsync(new AddParticipant(chatId, new(user.Id)));
        Assert.That(added.IsSuccess, added.Error?.Message);
        return added.Value;
    }

    /// <summary>Opens the chat's channel for a member, in the platform dialect.</summary>
    protected async Task StartChatSessionAsync(Guid chatId, string username)
    {
        using var connected = await Api.PostAsJsonAsync("/v1/user-sessions", new { user = new { username } });
        var session = await BodyAsync(connected, HttpStatusCode.OK);
        using var started = await Api.PostAsJsonAsync(
            $"/v1/user-sessions/{session["id"]}/chat-sessions", new { channelId = await ChannelOfAsync(chatId) });
        Assert.That(started.StatusCode, Is.EqualTo(HttpStatusCode.OK), await started.Content.ReadAsStringAsync());
    }

    /// <summary>Users who have the chat's channel open, as the aggregate dialect counts them.</summary>
    protected async Task<int> ConcurrentAsync(Guid chatId) =>
        (int)(await GetAsync($"/channels?channel_id={await ChannelOfAsync(chatId)}"))["channels"]![0]!["users"]!["total_concurrent"]!;

    protected async Task<JsonObject> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Api.GetAsync(path);
        return await BodyAsync(response, expected);
    }

    protected Task<JsonObject> DetailAsync(Guid chatId) => GetAsync($"{Chats}/{chatId}");

    /// <summary>The user names of active participants.</summary>
    protected async Task<IEnumerable<string>> PresentAsync(Guid chatId) => (await DetailAsync(chatId))["participants"]!.AsArray()
        .Where(p => p!["participations"]!.AsArray().Any(participation => (bool)participation!["isActive"]!))
        .Select(p => (string)p!["userProperties"]!["username"]!)
        .Order();

    protected async Task<long> ChannelOfAsync(Guid chatId) =>
        (long)(await ScalarAsync($"select channel_id from chats where id = '{chatId}'"))!;

    protected async Task<IEnumerable<string>> MembersAsync(Guid chatId) => ((string[])(await ScalarAsync(
        $"""
        select coalesce(array_agg(u.name order by u.name), array[]::varchar[]) from chats c
        join channel_members m on (m.application_id, m.channel_id) = (c.application_id, c.channel_id)
        join users u on (u.application_id, u.id) = (m.application_id, m.user_id)
        where c.id = '{chatId}'
        """))!);

    protected async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    protected static async Task<JsonObject> BodyAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), text);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Asserts an error in the format of RFC 9457.</summary>
    protected static async Task<JsonObject> ProblemAsync(HttpResponseMessage response, HttpStatusCode expected, string code)
    {
        var problem = await BodyAsync(response, expected);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/problem+json"));
        Assert.That((string?)problem["code"], Is.EqualTo(code), $"{problem}");
        Assert.That((int?)problem["status"], Is.EqualTo((int)expected));
        return problem;
    }
}
