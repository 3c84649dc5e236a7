using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>
/// A local Bot API that responds as its documentation says and records every call. A test can replace the responses to the next calls
/// of a method.
/// </summary>
internal sealed class FakeTelegram : IAsyncDisposable
{
    public const string Token = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ";
    public const long BotId = 123456;
    public const long Group = -1001234567890;

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, JsonObject, Task>>> _scripts = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private int _messageId;
    private int _links;

    private FakeTelegram(WebApplication app) => _app = app;

    public string BaseUrl { get; private set; } = "";

    /// <summary>The calls in order, as <c>method {arguments}</c>. Plain arguments come before objects and arrays.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public IEnumerable<string> CallsOf(string method) => Calls.Where(call => call.StartsWith(method + " ", StringComparison.Ordinal));

    public static FakeTelegram Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeTelegram(builder.Build());
        fake._app.MapPost("/bot{token}/{method}", fake.HandleAsync);
        ((IHost)fake._app).Start();
        fake.BaseUrl = fake._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return fake;
    }

    public void Reset()
    {
        _calls.Clear();
        _scripts.Clear();
        _messageId = 100;
        _links = 0;
    }

    public void Respond(string method, object result) => Next(method, (context, _) =>
        context.Response.WriteAsJsonAsync(new { ok = true, result }));

    /// <summary>Refuses the next call of the method with an error of the Bot API.</summary>
    public void Refuse(string method, int code, string description, object? parameters = null) => Next(method, async (context, _) =>
    {
        context.Response.StatusCode = code;
        await context.Response.WriteAsJsonAsync(new { ok = false, error_code = code, description, parameters });
    });

    /// <summary>Responds to the next call of the method as a gateway with a failure.</summary>
    public void Gateway(string method, int status) => Next(method, async (context, _) =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync("<html>Bad gateway</html>");
    });

    /// <summary>Executes the next call of the method and closes the connection without a response.</summary>
    public void DropResponse(string method) => Next(method, (context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Holds the response to the next call of the method until <paramref name="released"/> is cancelled.</summary>
    public void Hold(string method, CancellationToken released) => Next(method, async (context, arguments) =>
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = released.Register(held.SetResult);
        await held.Task.WaitAsync(context.RequestAborted);
        await RespondAsync(context, method, arguments);
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Next(string method, Func<HttpContext, JsonObject, Task> response) =>
        _scripts.GetOrAdd(method, _ => new()).Enqueue(response);

    private async Task HandleAsync(HttpContext context, string token, string method)
    {
        Assert.That(token, Is.EqualTo(Token));
        var arguments = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body))!;
        _calls.Enqueue($"{method} {InFixedOrder(arguments).ToJsonString(AsWritten)}");
        if (_scripts.TryGetValue(method, out var script) && script.TryDequeue(out var next))
        {
            await next(context, arguments);
            return;
        }

        await RespondAsync(context, method, arguments);
    }

    /// <summary>The order in which a client writes the arguments has no meaning.</summary>
    private static JsonObject InFixedOrder(JsonObject arguments) => new(arguments
        .OrderBy(argument => argument.Value is JsonObject or JsonArray)
        .Select(argument => KeyValuePair.Create(argument.Key, argument.Value?.DeepClone())));

    private Task RespondAsync(HttpContext context, string method, JsonObject arguments)
    {
        object result = method switch
        {
            "getChat" => new { id = Group, type = "supergroup", title = "The group" },
            "createChatInviteLink" => new
            {
                invite_link = $"https://t.me/+link{Interlocked.Increment(ref _links)}",
                creator = new { id = BotId, is_bot = true, first_name = "Bot" },
                creates_join_request = false,
                is_primary = false,
                is_revoked = false,
            },
            "sendMessage" => new
            {
                message_id = Interlocked.Increment(ref _messageId),
                date = 1_781_524_800,
                chat = new { id = Group, type = "supergroup", title = "The group" },
                text = (string?)arguments["text"],
            },
            "editMessageText" => new { message_id = (long)arguments["message_id"]!, text = (string?)arguments["text"] },
            _ => true,
        };
        return context.Response.WriteAsJsonAsync(new { ok = true, result });
    }
}
