using System.Globalization;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.ChatServices.Telegram;

/// <summary>
/// Chats in Telegram groups, by a bot. A bot cannot open a group: it takes hold of one to which it was added, with the right to change
/// its info, invite, ban, pin and delete messages.
/// </summary>
internal sealed class TelegramChatService(TelegramBots bots, TelegramClient client, IOptions<TelegramOptions> options) : IOutsideChatService
{
    private const int LongestTitle = 128;
    private const int LongestDescription = 255;

    public string Name => "telegram";

    public bool AdmitsFromHere => false;

    public bool IsConfigured => bots.All.Count > 0;

    public int MaxText => 4_096;

    public bool RepeatsInDoubt => options.Value.ResendInDoubt;

    public async ValueTask<bool> ServesAsync(long applicationId, CancellationToken cancellationToken) =>
        await bots.FindAsync(applicationId, cancellationToken) is not null;

    public Error? Refuse(CreateChat request) =>
        long.TryParse(request.ExternalId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var group) && group < 0
            ? null
            : new ValidationError(
                "telegram.external_id_missing",
                "externalId",
                "must be the id of a group to which the bot was added, a negative number: a bot cannot open a group itself");

    public string? DrawLink(Chat chat) => null;

    public async Task<Result<MadeChat>> MakeAsync(Chat chat, CancellationToken cancellationToken)
    {
        if (await bots.FindAsync(chat.ApplicationId, cancellationToken) is not { } bot)
        {
            return new ConflictError("telegram.no_bot", "The application has no bot any more.");
        }

        var group = GroupOf(chat.ExternalId!);
        var found = await client.CallAsync(bot, "getChat", new { chat_id = group }, isRepeatable: true, cancellationToken);
        if (found.Outcome is not TelegramOutcome.Ok)
        {
            return ErrorOf(found);
        }

        if (Text(found, "title") != Cut(chat.Title, LongestTitle)
            && await CallAsync("setChatTitle", new { chat_id = group, title = Cut(chat.Title, LongestTitle) }) is { } untitled)
        {
            return untitled;
        }

        if (chat.Description is { } description
            && Text(found, "description") != description
            && await CallAsync("setChatDescription", new { chat_id = group, description }) is { } undescribed)
        {
            return undescribed;
        }

        var invited = await client.CallAsync(
            bot, "createChatInviteLink", InviteArguments(group, null, null), isRepeatable: false, cancellationToken);
        return invited.Outcome is TelegramOutcome.Ok ? new MadeChat(Text(invited, "invite_link")) : ErrorOf(invited);

        async Task<Error?> CallAsync(string method, object arguments)
        {
            var answer = await client.CallAsync(bot, method, arguments, isRepeatable: true, cancellationToken);
            return answer.Outcome is TelegramOutcome.Ok || IsDoneAlready(answer) ? null : ErrorOf(answer);
        }
    }

    public async Task<CallResult> CallAsync(
        long applicationId, string chatExternalId, ServiceCall call, CancellationToken cancellationToken)
    {
        if (await bots.FindAsync(applicationId, cancellationToken) is not { } bot)
        {
            return new CallResult.NeedsHelp("The application has no bot any more.");
        }

        var group = GroupOf(chatExternalId);
        if (call is ServiceCall.Remove remove)
        {
            return long.TryParse(remove.PersonId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var person)
                ? await RemoveAsync(bot, group, person, cancellationToken)
                : new CallResult.Refused("Telegram has no such person.");
        }

        var (method, arguments) = MethodFor(group, call);
        try
        {
            return ResultOf(await client.CallAsync(bot, method, arguments, call.IsRepeatable, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return new CallResult.Unknown("The server stopped while it was told.");
        }
    }

    public Task<Result<ServiceNews?>> ReadAsync(WebhookCall call, CancellationToken cancellationToken) =>
        new TelegramUpdateReader(bots).ReadAsync(call, cancellationToken);

    /// <summary>Who is banned and unbanned is out, and may come back.</summary>
    private async Task<CallResult> RemoveAsync(TelegramBot bot, long group, long person, CancellationToken cancellationToken)
    {
        try
        {
            var banned = ResultOf(await client.CallAsync(
                bot, "banChatMember", new { chat_id = group, user_id = person }, isRepeatable: true, cancellationToken));
            return banned is not CallResult.Done
                ? banned
                : ResultOf(await client.CallAsync(
                    bot,
                    "unbanChatMember",
                    new { chat_id = group, user_id = person, only_if_banned = true },
                    isRepeatable: true,
                    cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return new CallResult.Unknown("The server stopped while it was told.");
        }
    }

    private static (string Method, object Arguments) MethodFor(long group, ServiceCall call) => call switch
    {
        ServiceCall.Retitle c => ("setChatTitle", new { chat_id = group, title = Cut(c.Title, LongestTitle) }),
        ServiceCall.Describe c => (
            "setChatDescription", new { chat_id = group, description = Cut(c.Description ?? "", LongestDescription) }),
        ServiceCall.Invite c => ("createChatInviteLink", InviteArguments(group, c.ExpiresAt, c.MaxUses)),
        ServiceCall.Revoke c => ("revokeChatInviteLink", new { chat_id = group, invite_link = c.Link }),
        ServiceCall.Say c => ("sendMessage", new
        {
            chat_id = group,
            text = c.Text,
            reply_parameters = c.ReplyTo is null ? null : new { message_id = IdOf(c.ReplyTo), allow_sending_without_reply = true },
        }),
        ServiceCall.Change c => ("editMessageText", new { chat_id = group, message_id = IdOf(c.MessageId), text = c.Text }),
        ServiceCall.Delete c => ("deleteMessages", new { chat_id = group, message_ids = c.MessageIds.Select(IdOf) }),
        ServiceCall.Pin c => ("pinChatMessage", new { chat_id = group, message_id = IdOf(c.MessageId) }),
        _ => throw new InvalidOperationException($"Telegram has no method for {call.GetType().Name}."),
    };

    private static object InviteArguments(long group, DateTime? expiresAt, int? maxUses) => new
    {
        chat_id = group,
        expire_date = expiresAt is { } at ? (long?)new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds() : null,
        member_limit = maxUses,
    };

    private static CallResult ResultOf(TelegramAnswer answer) => answer switch
    {
        { Outcome: TelegramOutcome.Ok } => new CallResult.Done(Text(answer, "message_id"), Text(answer, "invite_link")),
        { MigrateTo: { } id } => new CallResult.Moved(id.ToString(CultureInfo.InvariantCulture)),
        _ when IsDoneAlready(answer) => new CallResult.Done(),
        { Outcome: TelegramOutcome.Wrong } => new CallResult.Refused(answer.Description),
        { Outcome: TelegramOutcome.Forbidden } => new CallResult.NeedsHelp(answer.Description),
        { Outcome: TelegramOutcome.Lost } => new CallResult.Unknown(answer.Description),
        _ => new CallResult.Later(answer.Description, answer.RetryAfter),
    };

    /// <summary>What is as it should be Telegram refuses to make so.</summary>
    private static bool IsDoneAlready(TelegramAnswer answer) =>
        answer.Outcome is TelegramOutcome.Wrong && answer.Description.Contains("is not modified", StringComparison.Ordinal);

    private static Error ErrorOf(TelegramAnswer answer) => answer.Outcome is TelegramOutcome.TooMany && answer.RetryAfter is { } wait
        ? new TooManyError("telegram.too_many", answer.Description, wait)
        : new ConflictError("telegram.refused", answer.Description);

    private static string? Text(TelegramAnswer answer, string property) =>
        answer.Result.ValueKind is System.Text.Json.JsonValueKind.Object && answer.Result.TryGetProperty(property, out var value)
            ? value.ToString()
            : null;

    private static long GroupOf(string externalId) => long.Parse(externalId, CultureInfo.InvariantCulture);

    private static long IdOf(string messageId) => long.Parse(messageId, CultureInfo.InvariantCulture);

    private static string Cut(string text, int max) =>
        text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
