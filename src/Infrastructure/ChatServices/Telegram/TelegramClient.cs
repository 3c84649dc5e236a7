using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace ChatPlatform.Infrastructure.ChatServices.Telegram;

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
    private readonly ResiliencePipeline<TelegramAnswer> _once;
    private readonly ResiliencePipeline<TelegramAnswer> _repeated;
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
        _once = new ResiliencePipelineBuilder<TelegramAnswer>().AddTimeout(timeout).Build();
        _repeated = new ResiliencePipelineBuilder<TelegramAnswer>()
            .AddRetry(new RetryStrategyOptions<TelegramAnswer>
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                ShouldHandle = new PredicateBuilder<TelegramAnswer>().HandleResult(
                    answer => answer.Outcome is TelegramOutcome.Unreachable or TelegramOutcome.Stumbled or TelegramOutcome.Lost),
            })
            .Build();
    }

    /// <summary>Calls a method; whatever happens is an answer, except that the caller gave up.</summary>
    /// <param name="isRepeatable">Whether calling it twice does no more than calling it once.</param>
    public async Task<TelegramAnswer> CallAsync(
        TelegramBot bot, string method, object arguments, bool isRepeatable, CancellationToken cancellationToken) => isRepeatable
            ? await _repeated.ExecuteAsync(async token => await TryAsync(bot, method, arguments, token), cancellationToken)
            : await TryAsync(bot, method, arguments, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<TelegramAnswer> TryAsync(TelegramBot bot, string method, object arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await _once.ExecuteAsync(async token => await SendAsync(bot, method, arguments, token), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return TelegramAnswer.Failed(TelegramOutcome.Lost, "Telegram did not answer in time.");
        }
        catch (HttpRequestException failure) when (NeverLeft(failure))
        {
            return TelegramAnswer.Failed(TelegramOutcome.Unreachable, "Telegram cannot be reached.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return TelegramAnswer.Failed(TelegramOutcome.Lost, "The connection to Telegram broke off.");
        }
    }

    private async Task<TelegramAnswer> SendAsync(TelegramBot bot, string method, object arguments, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(arguments, arguments.GetType(), options: Json);
        await content.LoadIntoBufferAsync(cancellationToken);
        using var answer = await _http.PostAsync(new Uri($"{_baseUrl}/bot{bot.Token}/{method}"), content, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return TelegramAnswer.Read(answer.StatusCode, body);
    }

    /// <summary>There was no connection, so the other side has seen nothing.</summary>
    private static bool NeverLeft(HttpRequestException failure) =>
        failure.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
        || failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound };
}
