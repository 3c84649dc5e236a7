using System.Globalization;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>
/// Chats in Telegram groups, by a bot. A bot cannot open a group: it takes hold of one to which it was added, with the right to change
/// its info, invite, ban, pin and delete messages.
/// </summary>
internal sealed class TelegramChatConnector(
    TelegramBots bots, TelegramClient client, IOptions<TelegramOptions> options, TimeProvider clock) : IExternalChatConnector
{
    private const int MaxTitle = 128;
    private const int MaxDescription = 255;

    public string Name => "telegram";

    public bool CanAddParticipants => false;

    public bool IsConfigured => bots.All.Count > 0;

    public int MaxText => 4_096;

    public bool ResendsInDoubt => options.Value.ResendInDoubt;

    public async ValueTask<bool> IsAvailableForAsync(long applicationId, CancellationToken cancellationToken) =>
        await bots.FindAsync(applicationId, cancellationToken) is not null;

    public Error? Validate(CreateChat request) =>
        long.TryParse(request.ExternalId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var group) && group < 0
            ? null
            : new ValidationError(
                "telegram.external_id_missing",
                "externalId",
                "must be the id of a group to which the bot was added, a negative number: a bot cannot open a group itself");

    public string? GenerateLink(Chat chat) => null;

    public async Task<Result<ProvisionedChat>> ProvisionAsync(Chat chat, CancellationToken cancellationToken)
    {
        if (await bots.FindAsync(chat.ApplicationId, cancellationToken) is not { } bot)
        {
            return new ConflictError("telegram.no_bot", "The application has no bot any more.");
        }

        var group = GroupOf(chat.ExternalId!);
        var found = await client.CallAsync(bot, "getChat", new { chat_id = group }, isSafeToRetry: true, cancellationToken);
        if (found.Outcome is not TelegramOutcome.Ok)
        {
            return ErrorOf(found);
        }

        if (Text(found, "title") != Cut(chat.Title, MaxTitle)
            && await CallAsync("setChatTitle", new { chat_id = group, title = Cut(chat.Title, MaxTitle) }) is { } untitled)
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
            bot, "createChatInviteLink", InviteArguments(group, null, null), isSafeToRetry: false, cancellationToken);
        return invited.Outcome is TelegramOutcome.Ok ? new ProvisionedChat(Text(invited, "invite_link")) : ErrorOf(invited);

        async Task<Error?> CallAsync(string method, object arguments)
        {
            var response = await client.CallAsync(bot, method, arguments, isSafeToRetry: true, cancellationToken);
            return response.Outcome is TelegramOutcome.Ok || IsDoneAlready(response) ? null : ErrorOf(response);
        }
    }

    public async Task<OperationResult> ExecuteAsync(
        long applicationId, string chatExternalId, ServiceOperation operation, CancellationToken cancellationToken)
    {
        if (await bots.FindAsync(applicationId, cancellationToken) is not { } bot)
        {
            return new OperationResult.NeedsHelp("The application has no bot any more.");
        }

        var group = GroupOf(chatExternalId);
        if (operation is ServiceOperation.RemoveUser remove)
        {
            return long.TryParse(remove.UserId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var person)
                ? await RemoveAsync(bot, group, person, cancellationToken)
                : new OperationResult.Refused("Telegram has no such person.");
        }

        var (method, arguments) = MethodFor(group, operation);
        try
        {
            return ResultOf(await client.CallAsync(bot, method, arguments, operation.IsSafeToRetry, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return new OperationResult.Unknown("The server stopped during the call.");
        }
    }

    public Task<Result<InboundUpdate?>> ReadAsync(WebhookRequest webhook, CancellationToken cancellationToken) =>
        new TelegramUpdateReader(bots, clock).ReadAsync(webhook, cancellationToken);

    /// <summary>Who is banned and unbanned is out, and may come back.</summary>
    private async Task<OperationResult> RemoveAsync(TelegramBot bot, long group, long person, CancellationToken cancellationToken)
    {
        try
        {
            var banned = ResultOf(await client.CallAsync(
                bot, "banChatMember", new { chat_id = group, user_id = person }, isSafeToRetry: true, cancellationToken));
            return banned is not OperationResult.Done
                ? banned
                : ResultOf(await client.CallAsync(
                    bot,
                    "unbanChatMember",
                    new { chat_id = group, user_id = person, only_if_banned = true },
                    isSafeToRetry: true,
                    cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return new OperationResult.Unknown("The server stopped during the call.");
        }
    }

    private static (string Method, object Arguments) MethodFor(long group, ServiceOperation operation) => operation switch
    {
        ServiceOperation.Rename o => ("setChatTitle", new { chat_id = group, title = Cut(o.Title, MaxTitle) }),
        ServiceOperation.SetDescription o => (
            "setChatDescription", new { chat_id = group, description = Cut(o.Description ?? "", MaxDescription) }),
        ServiceOperation.CreateInvitation o => ("createChatInviteLink", InviteArguments(group, o.ExpiresAt, o.MaxUses)),
        ServiceOperation.RevokeInvitation o => ("revokeChatInviteLink", new { chat_id = group, invite_link = o.Link }),
        ServiceOperation.SendMessage o => ("sendMessage", new
        {
            chat_id = group,
            text = o.Text,
            reply_parameters = o.ReplyTo is null ? null : new { message_id = IdOf(o.ReplyTo), allow_sending_without_reply = true },
        }),
        ServiceOperation.EditMessage o => ("editMessageText", new { chat_id = group, message_id = IdOf(o.MessageId), text = o.Text }),
        ServiceOperation.DeleteMessages o => ("deleteMessages", new { chat_id = group, message_ids = o.MessageIds.Select(IdOf) }),
        ServiceOperation.PinMessage o => ("pinChatMessage", new { chat_id = group, message_id = IdOf(o.MessageId) }),
        _ => throw new InvalidOperationException($"Telegram has no method for {operation.GetType().Name}."),
    };

    private static object InviteArguments(long group, DateTime? expiresAt, int? maxUses) => new
    {
        chat_id = group,
        expire_date = expiresAt is { } at ? (long?)new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds() : null,
        member_limit = maxUses,
    };

    private static OperationResult ResultOf(TelegramResponse response) => response switch
    {
        { Outcome: TelegramOutcome.Ok } => new OperationResult.Done(Text(response, "message_id"), Text(response, "invite_link")),
        { MigrateTo: { } id } => new OperationResult.Moved(id.ToString(CultureInfo.InvariantCulture)),
        _ when IsDoneAlready(response) => new OperationResult.Done(),
        { Outcome: TelegramOutcome.BadRequest } => new OperationResult.Refused(response.Description),
        { Outcome: TelegramOutcome.Forbidden } => new OperationResult.NeedsHelp(response.Description),
        { Outcome: TelegramOutcome.Unknown } => new OperationResult.Unknown(response.Description),
        _ => new OperationResult.Later(response.Description, response.RetryAfter),
    };

    /// <summary>What is as it should be Telegram refuses to make so.</summary>
    private static bool IsDoneAlready(TelegramResponse response) =>
        response.Outcome is TelegramOutcome.BadRequest && response.Description.Contains("is not modified", StringComparison.Ordinal);

    private static Error ErrorOf(TelegramResponse response) =>
        response.Outcome is TelegramOutcome.RateLimited && response.RetryAfter is { } wait
        ? new TooManyError("telegram.too_many", response.Description, wait)
        : new ConflictError("telegram.refused", response.Description);

    private static string? Text(TelegramResponse response, string property) =>
        response.Result.ValueKind is System.Text.Json.JsonValueKind.Object && response.Result.TryGetProperty(property, out var value)
            ? value.ToString()
            : null;

    private static long GroupOf(string externalId) => long.Parse(externalId, CultureInfo.InvariantCulture);

    private static long IdOf(string messageId) => long.Parse(messageId, CultureInfo.InvariantCulture);

    private static string Cut(string text, int max) =>
        text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
