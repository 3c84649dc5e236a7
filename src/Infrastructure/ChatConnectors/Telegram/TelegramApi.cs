using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ChatPlatform.Application.Chats;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests.Abstractions;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <param name="Description">The reason of a failure, in Telegram's words if it gave one.</param>
internal sealed record TelegramResponse(OperationResult Outcome, JsonElement Result = default, string Description = "")
{
    public string? Text(string property) =>
        Result.ValueKind is JsonValueKind.Object && Result.TryGetProperty(property, out var value) ? value.ToString() : null;
}

/// <summary>Calls the Bot API. The URLs contain the bot's token, so the HTTP client must not log.</summary>
internal sealed class TelegramApi : IDisposable
{
    private const int Retries = 2;
    private const string Unreachable = "Telegram cannot be reached.";
    private const string InvalidToken = "The bot's token is not valid.";

    /// <summary>What the call wants to achieve is so already.</summary>
    private static readonly string[] Achieved = ["is not modified", "INVITE_HASH_EXPIRED"];

    /// <summary>Telegram refuses these with 400, but an administrator of the group can change them.</summary>
    private static readonly string[] MissingRights =
    [
        "not enough rights", "have no rights", "need administrator rights", "CHAT_ADMIN_REQUIRED", "CHAT_WRITE_FORBIDDEN",
        "CHAT_RESTRICTED", "chat not found", "TOPIC_CLOSED", "bot is not a member", "bot was kicked",
    ];

    private readonly HttpClient _http;
    private readonly ResiliencePipeline _withTimeout;
    private readonly ResiliencePipeline _withRetries;
    private readonly string _baseUrl;

    public TelegramApi(IOptions<TelegramOptions> options)
    {
        _baseUrl = options.Value.BaseUrl;
        _http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 1024 * 1024,
        };
        var timeout = new TimeoutStrategyOptions { Timeout = options.Value.Timeout };
        _withTimeout = new ResiliencePipelineBuilder().AddTimeout(timeout).Build();
        _withRetries = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                ShouldHandle = new PredicateBuilder()
                    .Handle<TimeoutRejectedException>()
                    .Handle<RequestException>(failure => failure is not ApiRequestException { ErrorCode: < 500 }),
            })
            .AddTimeout(timeout)
            .Build();
    }

    /// <summary>Makes a call. Failures of Telegram or the network are outcomes, not exceptions.</summary>
    /// <param name="isSafeToRetry">Whether to repeat the call, up to two times, after a failure of the network or the API.</param>
    public async Task<TelegramResponse> CallAsync(
        TelegramBot bot, IRequest request, bool isSafeToRetry, CancellationToken cancellationToken)
    {
        try
        {
            var result = await (isSafeToRetry ? _withRetries : _withTimeout).ExecuteAsync(
                async token => await SendAsync(bot, request, token), cancellationToken);
            var response = new TelegramResponse(new OperationResult.Done(), result);
            return response with { Outcome = new OperationResult.Done(response.Text("message_id"), response.Text("invite_link")) };
        }
        catch (Exception exception) when (FailureOf(exception) is { } failure)
        {
            return failure;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(TelegramBot bot, IRequest request, CancellationToken cancellationToken)
    {
        // Without the package's own wait after 429: the outbox waits, and keeps the order.
        var client = new TelegramBotClient(new TelegramBotClientOptions(bot.Token, _baseUrl) { RetryThreshold = 0 }, _http);
        client.OnMakingApiRequest += async (_, call, token) => await call.HttpRequestMessage!.Content!.LoadIntoBufferAsync(token);
        try
        {
            return await client.SendRequest(new JsonRequest(request), cancellationToken);
        }
        catch (RequestException exception) when (exception is not ApiRequestException && cancellationToken.IsCancellationRequested)
        {
            // The package does not always pass a cancellation on as such.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static TelegramResponse? FailureOf(Exception exception) => exception switch
    {
        ApiRequestException refusal => RefusalOf(refusal),

        // Not the Bot API but a gateway responded. It passed no call on that it refused; of others it does not know the outcome.
        RequestException { HttpStatusCode: { } status and >= (HttpStatusCode)400 and < (HttpStatusCode)500 }
            when status is not HttpStatusCode.RequestTimeout => Refusal((int)status),
        RequestException { HttpStatusCode: { } status } => Unknown($"Something before Telegram answered {(int)status}."),
        RequestException { InnerException: HttpRequestException http } when FailedToConnect(http) =>
            new TelegramResponse(new OperationResult.Later(Unreachable), Description: Unreachable),
        RequestException { InnerException: HttpRequestException or IOException } => Unknown("The connection to Telegram was lost."),
        TimeoutRejectedException => Unknown("Telegram did not respond in time."),
        ArgumentException { ParamName: "token" } =>
            new TelegramResponse(new OperationResult.NeedsHelp(InvalidToken), Description: InvalidToken),
        _ => null,
    };

    private static TelegramResponse RefusalOf(ApiRequestException refusal)
    {
        var reason = $"Telegram: {refusal.Message}";
        OperationResult outcome = refusal switch
        {
            { Parameters.MigrateToChatId: { } id } => new OperationResult.Moved(id.ToString(CultureInfo.InvariantCulture)),
            { ErrorCode: 429 or >= 500 } => new OperationResult.Later(
                reason, refusal.Parameters?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
            { ErrorCode: 401 or 403 or 404 } => new OperationResult.NeedsHelp(reason),
            _ when Says(refusal, Achieved) => new OperationResult.Done(),
            _ when Says(refusal, MissingRights) => new OperationResult.NeedsHelp(reason),
            _ => new OperationResult.Refused(reason),
        };
        return new TelegramResponse(outcome, Description: reason);
    }

    private static bool Says(ApiRequestException refusal, string[] phrases) =>
        phrases.Any(phrase => refusal.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    private static TelegramResponse Refusal(int status)
    {
        var reason = $"Something before Telegram answered {status}.";
        return new TelegramResponse(
            status is 429 ? new OperationResult.Later(reason) : new OperationResult.NeedsHelp(reason), Description: reason);
    }

    private static TelegramResponse Unknown(string reason) => new(new OperationResult.Unknown(reason), Description: reason);

    /// <summary>Without a connection nothing was sent.</summary>
    private static bool FailedToConnect(HttpRequestException failure) =>
        failure.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
        || failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound };

    /// <summary>Returns JSON. The package's types throw on unknown kinds of content, and a sent message would be in doubt.</summary>
    private sealed class JsonRequest(IRequest request) : IRequest<JsonElement>
    {
        public HttpMethod HttpMethod => request.HttpMethod;

        public string MethodName => request.MethodName;

        public bool IsWebhookResponse { get; set; }

        public HttpContent? ToHttpContent() => request.ToHttpContent();
    }
}
