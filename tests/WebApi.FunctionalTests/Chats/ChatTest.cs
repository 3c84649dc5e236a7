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

/// <summary>A fixture of the chats dialect. No worker runs: a test has a chat made by <see cref="MakeAsync"/>.</summary>
public abstract class ChatTest : ServerTest
{
    protected const string Chats = "/api/v1/private/chats";

    private HttpClient? _api;

    /// <summary>Riverside's program.</summary>
    protected HttpClient Api => _api ??= Server.ClientFor(Riverside);

    [TearDown]
    public void ForgetApi()
    {
        _api?.Dispose();
        _api = null;
    }

    /// <summary>Runs a use case as some other part of the server would.</summary>
    protected async Task<Result<T>> SendAsync<T>(IRequest<Result<T>> request, SeededApplication? application = null)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use((application ?? Riverside).Id);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    protected async Task<Guid> RegisterAsync(object body, HttpClient? api = null)
    {
        using var answer = await (api ?? Api).PostAsJsonAsync(Chats, body);
        return Guid.Parse((string)(await BodyAsync(answer, HttpStatusCode.Accepted))["id"]!);
    }

    protected async Task MakeAsync(Guid chatId, SeededApplication? application = null)
    {
        var made = await SendAsync(new MakeChat(chatId), application);
        Assert.That(made.IsSuccess, made.Error?.Message);
    }

    /// <summary>A chat that its service has made.</summary>
    protected async Task<Guid> ChatAsync(string title = "Tuesday")
    {
        var chatId = await RegisterAsync(new { title });
        await MakeAsync(chatId);
        return chatId;
    }

    protected async Task<Guid> AddAsync(Guid chatId, SeededUser user)
    {
        var added = await SendAsync(new AddParticipant(chatId, new(user.Id)));
        Assert.That(added.IsSuccess, added.Error?.Message);
        return added.Value;
    }

    protected async Task<JsonObject> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Api.GetAsync(path);
        return await BodyAsync(answer, expected);
    }

    protected Task<JsonObject> DetailAsync(Guid chatId) => GetAsync($"{Chats}/{chatId}");

    /// <summary>The participants who are in now, by username.</summary>
    protected async Task<IEnumerable<string>> PresentAsync(Guid chatId) => (await DetailAsync(chatId))["participants"]!.AsArray()
        .Where(p => p!["participations"]!.AsArray().Any(stay => (bool)stay!["isActive"]!))
        .Select(p => (string)p!["userProperties"]!["username"]!)
        .Order();

    protected async Task<long> ChannelOfAsync(Guid chatId) =>
        (long)(await ScalarAsync($"select channel_id from chats where id = '{chatId}'"))!;

    /// <summary>The channel's members, by name.</summary>
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

    protected static async Task<JsonObject> BodyAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(expected), text);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>That it was refused by RFC 9457, and why.</summary>
    protected static async Task<JsonObject> ProblemAsync(HttpResponseMessage answer, HttpStatusCode expected, string code)
    {
        var problem = await BodyAsync(answer, expected);
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/problem+json"));
        Assert.That((string?)problem["code"], Is.EqualTo(code), $"{problem}");
        Assert.That((int?)problem["status"], Is.EqualTo((int)expected));
        return problem;
    }
}
