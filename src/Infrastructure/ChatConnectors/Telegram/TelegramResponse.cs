using System.Net;
using System.Text.Json;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

internal enum TelegramOutcome
{
    Ok = 0,

    /// <summary>400: the call itself is wrong.</summary>
    BadRequest = 1,

    /// <summary>401, 403, 404: the bot may not, or its token is no good.</summary>
    Forbidden = 2,

    /// <summary>429: too many; wait.</summary>
    RateLimited = 3,

    /// <summary>The Bot API itself says that it could not (5xx).</summary>
    ServerError = 4,

    /// <summary>No connection came about: the call was not made.</summary>
    Unreachable = 5,

    /// <summary>The call was made, and its answer is lost: time-out, broken connection, an answer from something in between.</summary>
    Unknown = 6,
}

/// <summary>What became of a call to the Bot API.</summary>
/// <param name="Description">For people; Telegram's own words where it said some.</param>
/// <param name="RetryAfter">How long to wait after <see cref="TelegramOutcome.RateLimited"/>.</param>
/// <param name="MigrateTo">The group's id since it became a supergroup.</param>
internal sealed record TelegramResponse(
    TelegramOutcome Outcome, JsonElement Result, string Description, TimeSpan? RetryAfter = null, long? MigrateTo = null)
{
    public static TelegramResponse Failed(TelegramOutcome outcome, string description) => new(outcome, default, description);

    public static TelegramResponse Read(HttpStatusCode status, byte[] body)
    {
        JsonElement response;
        try
        {
            response = JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            response = default;
        }

        if (response.ValueKind is not JsonValueKind.Object || !response.TryGetProperty("ok", out var ok))
        {
            // Not the Bot API's own answer: a gateway's, which does not know what became of the call.
            return Failed(TelegramOutcome.Unknown, $"Something before Telegram answered {(int)status}.");
        }

        if (ok.ValueKind is JsonValueKind.True)
        {
            return new TelegramResponse(TelegramOutcome.Ok, response.GetProperty("result"), "");
        }

        var code = response.TryGetProperty("error_code", out var given) && given.TryGetInt32(out var number) ? number : (int)status;
        var parameters = response.TryGetProperty("parameters", out var p) && p.ValueKind is JsonValueKind.Object ? p : (JsonElement?)null;
        var description = response.TryGetProperty("description", out var text) ? text.GetString() : null;
        return new TelegramResponse(
            OutcomeOf(code),
            default,
            $"Telegram: {description ?? $"error {code}"}",
            Number(parameters, "retry_after") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Number(parameters, "migrate_to_chat_id"));
    }

    private static TelegramOutcome OutcomeOf(int code) => code switch
    {
        429 => TelegramOutcome.RateLimited,
        401 or 403 or 404 => TelegramOutcome.Forbidden,
        >= 500 => TelegramOutcome.ServerError,
        _ => TelegramOutcome.BadRequest,
    };

    private static long? Number(JsonElement? parameters, string name) =>
        parameters?.TryGetProperty(name, out var value) == true && value.TryGetInt64(out var number) ? number : null;
}
