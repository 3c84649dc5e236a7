using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>
/// Calls the Bot API. Its addresses hold the bot's token, so the client is one that logs nothing. What may be repeated is tried twice
/// more at once when the network or the API stumbles; longer waits are the queue's.
/// </summary>
internal sealed class TelegramClient : IDisposable
{
    private const int Retries = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<TelegramResponse> _withTimeout;
    private readonly ResiliencePipeline<TelegramResponse> _withRetries;
    private readonly string _baseUrl;

    public TelegramClient(IOptions<TelegramOptions> options)
    {
        _baseUrl = options.Value.BaseUrl.TrimEnd('/');
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
        _withTimeout = new ResiliencePipelineBuilder<TelegramResponse>().AddTimeout(timeout).Build();
        _withRetries = new ResiliencePipelineBuilder<TelegramResponse>()
            .AddRetry(new RetryStrategyOptions<TelegramResponse>
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                ShouldHandle = new PredicateBuilder<TelegramResponse>().HandleResult(
                    response => response.Outcome is TelegramOutcome.Unreachable or TelegramOutcome.ServerError or TelegramOutcome.Unknown),
            })
            .Build();
    }

    /// <summary>Calls a method; whatever happens is an answer, except that the caller gave up.</summary>
    /// <param name="isSafeToRetry">Whether calling it twice does no more than calling it once.</param>
    public async Task<TelegramResponse> CallAsync(
        TelegramBot bot, string method, object arguments, bool isSafeToRetry, CancellationToken cancellationToken) => isSafeToRetry
            ? await _withRetries.ExecuteAsync(async token => await TryAsync(bot, method, arguments, token), cancellationToken)
            : await TryAsync(bot, method, arguments, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<TelegramResponse> TryAsync(TelegramBot bot, string method, object arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await _withTimeout.ExecuteAsync(async token => await SendAsync(bot, method, arguments, token), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return TelegramResponse.Failed(TelegramOutcome.Unknown, "Telegram did not answer in time.");
        }
        catch (HttpRequestException failure) when (FailedToConnect(failure))
        {
            return TelegramResponse.Failed(TelegramOutcome.Unreachable, "Telegram cannot be reached.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return TelegramResponse.Failed(TelegramOutcome.Unknown, "The connection to Telegram broke off.");
        }
    }

    private async Task<TelegramResponse> SendAsync(TelegramBot bot, string method, object arguments, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(arguments, arguments.GetType(), options: Json);
        await content.LoadIntoBufferAsync(cancellationToken);
        using var response = await _http.PostAsync(new Uri($"{_baseUrl}/bot{bot.Token}/{method}"), content, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return TelegramResponse.Read(response.StatusCode, body);
    }

    /// <summary>There was no connection, so the other side has seen nothing.</summary>
    private static bool FailedToConnect(HttpRequestException failure) =>
        failure.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
        || failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound };
}
