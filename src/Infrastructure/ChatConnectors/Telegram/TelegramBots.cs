using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <param name="Id">Telegram's id of the bot, the number at the start of its token; 0 if the token is malformed.</param>
internal sealed record TelegramBot(string ApplicationKey, long Id, string Token, string WebhookSecret);

internal sealed class TelegramBots(IOptions<TelegramOptions> options, NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<long, TelegramBot?> _byApplication = new();
    private readonly ConcurrentDictionary<string, long> _applications = new();

    public IReadOnlyList<TelegramBot> All { get; } = [.. options.Value.Bots.Where(bot => bot.Value.Token.Length > 0).Select(bot =>
        new TelegramBot(bot.Key, IdOf(bot.Value.Token), bot.Value.Token, bot.Value.WebhookSecret))];

    public async ValueTask<TelegramBot?> FindAsync(long applicationId, CancellationToken cancellationToken)
    {
        if (All.Count == 0)
        {
            return null;
        }

        if (!_byApplication.TryGetValue(applicationId, out var bot))
        {
            var key = (string?)await ScalarAsync("SELECT key FROM applications WHERE id = $1", applicationId, cancellationToken);
            bot = All.FirstOrDefault(b => b.ApplicationKey == key);
            _byApplication[applicationId] = bot;
        }

        return bot;
    }

    /// <returns>Null while no application has the bot's key.</returns>
    public async ValueTask<long?> FindApplicationAsync(TelegramBot bot, CancellationToken cancellationToken)
    {
        if (!_applications.TryGetValue(bot.ApplicationKey, out var id))
        {
            if (await ScalarAsync("SELECT id FROM applications WHERE key = $1", bot.ApplicationKey, cancellationToken) is not long found)
            {
                return null;
            }

            _applications[bot.ApplicationKey] = id = found;
        }

        return id;
    }

    /// <summary>Takes the same time for every secret, valid or not.</summary>
    public TelegramBot? FindBySecret(string secret)
    {
        TelegramBot? found = null;
        foreach (var bot in All.Where(bot => bot.WebhookSecret.Length > 0))
        {
            if (IsSame(bot.WebhookSecret, secret))
            {
                found = bot;
            }
        }

        return found;
    }

    public static bool IsSame(string secret, string candidate) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(candidate)));

    private static long IdOf(string token) =>
        long.TryParse(token.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private async Task<object?> ScalarAsync(string sql, object value, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
