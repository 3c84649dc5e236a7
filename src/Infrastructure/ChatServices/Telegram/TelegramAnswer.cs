using System.Net;
using System.Text.Json;

namespace ChatPlatform.Infrastructure.ChatServices.Telegram;

internal enum TelegramOutcome
{
    Ok = 0,

    /// <summary>400: the call itself is wrong.</summary>
    Wrong = 1,

    /// <summary>401, 403, 404: the bot may not, or its token is no good.</summary>
    Forbidden = 2,

    /// <summary>429: too many; wait.</summary>
    TooMany = 3,

    /// <summary>The Bot API itself says that it could not (5xx).</summary>
    Stumbled = 4,

    /// <summary>No connection came about: the call was not made.</summary>
    Unreachable = 5,

    /// <summary>The call was made, and its answer is lost: time-out, broken connection, an answer from something in between.</summary>
    Lost = 6,
}

/// <summary>What became of a call to the Bot API.</summary>
/// <param name="Description">For people; Telegram's own words where it said some.</param>
/// <param name="RetryAfter">How long to wait after <see cref="TelegramOutcome.TooMany"/>.</param>
/// <param name="MigrateTo">The group's id since it became a supergroup.</param>
internal sealed record TelegramAnswer(
    TelegramOutcome Outcome, JsonElement Result, string Description, TimeSpan? RetryAfter = null, long? MigrateTo = null)
{
    public static TelegramAnswer Failed(TelegramOutcome outcome, string description) => new(outcome, default, description);

    public static TelegramAnswer Read(HttpStatusCode status, byte[] body)
    {
        JsonElement answer;
        try
        {
            answer = JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            answer = default;
        }

        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("ok", out var ok))
        {
            // Not the Bot API's own answer: a gateway's, which does not know what became of the call.
            return Failed(TelegramOutcome.Lost, $"Something before Telegram answered {(int)status}.");
        }

        if (ok.ValueKind is JsonValueKind.True)
        {
            return new TelegramAnswer(TelegramOutcome.Ok, answer.GetProperty("result"), "");
        }

        var code = answer.TryGetProperty("error_code", out var given) && given.TryGetInt32(out var number) ? number : (int)status;
        var parameters = answer.TryGetProperty("parameters", out var p) && p.ValueKind is JsonValueKind.Object ? p : (JsonElement?)null;
        var description = answer.TryGetProperty("description", out var said) ? said.GetString() : null;
        return new TelegramAnswer(
            OutcomeOf(code),
            default,
            $"Telegram: {description ?? $"error {code}"}",
            Number(parameters, "retry_after") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Number(parameters, "migrate_to_chat_id"));
    }

    private static TelegramOutcome OutcomeOf(int code) => code switch
    {
        429 => TelegramOutcome.TooMany,
        401 or 403 or 404 => TelegramOutcome.Forbidden,
        >= 500 => TelegramOutcome.Stumbled,
        _ => TelegramOutcome.Wrong,
    };

    private static long? Number(JsonElement? parameters, string name) =>
        parameters?.TryGetProperty(name, out var value) == true && value.TryGetInt64(out var number) ? number : null;
}
