using System.Globalization;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using ReplyParameters = Telegram.Bot.Types.ReplyParameters;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>
/// Chats in Telegram groups. A bot cannot open a group: it must be added to one, with the rights to change its info, to invite and ban
/// users, and to pin and delete messages.
/// </summary>
internal sealed class TelegramChatConnector(
    TelegramBots bots, TelegramApi api, IOptions<TelegramOptions> options, TimeProvider clock, ILogger<TelegramChatConnector> log)
    : IExternalChatConnector
{
    private const int MaxTitle = 128;
    private const int MaxDescription = 255;

    /// <summary>Ids of supergroups and channels are at or below this number; those of other groups are above.</summary>
    private const long MaxSupergroup = -1_000_000_000_000;

    public string Name => "telegram";

    public bool CanAddParticipants => false;

    public bool IsConfigured => bots.All.Count > 0;

    public int MaxText => 4_096;

    public bool ResendsInDoubt => options.Value.ResendInDoubt;

    public async ValueTask<bool> IsAvailableForAsync(long applicationId, CancellationToken cancellationToken) =>
        await bots.FindAsync(applicationId, cancellationToken) is not null;

    public Error? Validate(CreateChat request) =>
        long.TryParse(request.ExternalId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var group)
        && group < 0
        && request.ExternalId == Text(group)
            ? null
            : new ValidationError(
                "telegram.external_id_missing",
                "externalId",
                "must be the id of a group to which the bot was added, a negative number without leading zeros: a bot cannot open a group itself");

    public string? GenerateLink(Chat chat) => null;

    public async Task<Result<ProvisionedChat>> ProvisionAsync(Chat chat, CancellationToken cancellationToken)
    {
        if (await bots.FindAsync(chat.ApplicationId, cancellationToken) is not { } bot)
        {
            return new ConflictError("telegram.no_bot", "The application no longer has a bot.");
        }

        // A group that has become a supergroup says so to any call.
        var group = GroupOf(chat.ExternalId!);
        while (true)
        {
            var (provisioned, moved) = await ProvisionAsync(bot, chat, group, cancellationToken);
            if (moved is null || moved.ChatExternalId == Text(group))
            {
                return provisioned;
            }

            group = GroupOf(moved.ChatExternalId);
        }
    }

    private async Task<(Result<ProvisionedChat> Result, OperationResult.Moved? Moved)> ProvisionAsync(
        TelegramBot bot, Chat chat, long group, CancellationToken cancellationToken)
    {
        var found = await api.CallAsync(bot, new GetChatRequest { ChatId = group }, isSafeToRetry: true, cancellationToken);
        if (found.Outcome is not OperationResult.Done)
        {
            return Failed(found);
        }

        if (found.Text("type") is { } type and not ("group" or "supergroup"))
        {
            return (new ConflictError("telegram.not_a_group", $"On Telegram this is no group but of the type '{type}'."), null);
        }

        if (found.Text("title") != StorableText.Truncate(chat.Title, MaxTitle)
            && await CallAsync(new SetChatTitleRequest { ChatId = group, Title = StorableText.Truncate(chat.Title, MaxTitle) }) is { } titled)
        {
            return Failed(titled);
        }

        if (chat.Description is { } description
            && found.Text("description") != description
            && await CallAsync(new SetChatDescriptionRequest { ChatId = group, Description = description }) is { } described)
        {
            return Failed(described);
        }

        var invited = await api.CallAsync(
            bot, new CreateChatInviteLinkRequest { ChatId = group }, isSafeToRetry: false, cancellationToken);
        return invited.Outcome is OperationResult.Done done ? (new ProvisionedChat(done.Link, Text(group)), null) : Failed(invited);

        async Task<TelegramResponse?> CallAsync(IRequest request)
        {
            var response = await api.CallAsync(bot, request, isSafeToRetry: true, cancellationToken);
            return response.Outcome is OperationResult.Done ? null : response;
        }

        static (Result<ProvisionedChat>, OperationResult.Moved?) Failed(TelegramResponse response) =>
            (ErrorOf(response), response.Outcome as OperationResult.Moved);
    }

    public async Task<OperationResult> ExecuteAsync(
        long applicationId, string chatExternalId, ServiceOperation operation, CancellationToken cancellationToken)
    {
        if (await bots.FindAsync(applicationId, cancellationToken) is not { } bot)
        {
            return new OperationResult.NeedsHelp("The application no longer has a bot.");
        }

        var group = GroupOf(chatExternalId);
        try
        {
            return operation is ServiceOperation.RemoveUser remove
                ? await RemoveAsync(bot, group, remove.UserId, cancellationToken)
                : (await api.CallAsync(bot, RequestFor(group, operation), operation.IsSafeToRetry, cancellationToken)).Outcome;
        }
        catch (OperationCanceledException)
        {
            return new OperationResult.Unknown("The server stopped during the call.");
        }
    }

    public Task<Result<InboundUpdate?>> ReadAsync(WebhookRequest webhook, CancellationToken cancellationToken) =>
        new TelegramUpdateReader(bots, clock, log).ReadAsync(webhook, cancellationToken);

    public bool MayMove(string chatExternalId) => GroupOf(chatExternalId) > MaxSupergroup;

    /// <summary>Bans the user, which removes them, and lifts the ban, so that they may come back.</summary>
    private async Task<OperationResult> RemoveAsync(TelegramBot bot, long group, string externalId, CancellationToken cancellationToken)
    {
        if (!long.TryParse(externalId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var userId))
        {
            return new OperationResult.Refused("Telegram has no such user.");
        }

        if (userId == group)
        {
            return new OperationResult.Refused("Telegram does not say which administrator writes as the group, so no one is removed.");
        }

        // A negative id is a channel or a group that writes.
        IRequest ban = userId < 0
            ? new BanChatSenderChatRequest { ChatId = group, SenderChatId = userId }
            : new BanChatMemberRequest { ChatId = group, UserId = userId };
        var banned = await api.CallAsync(bot, ban, isSafeToRetry: true, cancellationToken);
        if (banned.Outcome is not OperationResult.Done)
        {
            return banned.Outcome;
        }

        IRequest unban = userId < 0
            ? new UnbanChatSenderChatRequest { ChatId = group, SenderChatId = userId }
            : new UnbanChatMemberRequest { ChatId = group, UserId = userId, OnlyIfBanned = true };
        var unbanned = await api.CallAsync(bot, unban, isSafeToRetry: true, cancellationToken);

        // In a basic group a removed user is not banned, and there is nothing to lift.
        return unbanned.Outcome is OperationResult.Refused && group > MaxSupergroup ? new OperationResult.Done() : unbanned.Outcome;
    }

    private static IRequest RequestFor(long group, ServiceOperation operation) => operation switch
    {
        ServiceOperation.Rename o => new SetChatTitleRequest { ChatId = group, Title = StorableText.Truncate(o.Title, MaxTitle) },
        ServiceOperation.SetDescription o =>
            new SetChatDescriptionRequest { ChatId = group, Description = StorableText.Truncate(o.Description ?? "", MaxDescription) },
        ServiceOperation.CreateInvitation o => new CreateChatInviteLinkRequest
        {
            ChatId = group,
            ExpireDate = o.ExpiresAt is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Utc) : null,
            MemberLimit = o.MaxUses,
        },
        ServiceOperation.RevokeInvitation o => new RevokeChatInviteLinkRequest { ChatId = group, InviteLink = o.Link },
        ServiceOperation.SendMessage o => new SendMessageRequest
        {
            ChatId = group,
            Text = o.Text,
            ReplyParameters = o.ReplyTo is null
                ? null
                : new ReplyParameters { MessageId = IdOf(o.ReplyTo), AllowSendingWithoutReply = true },
        },
        ServiceOperation.EditMessage o => new EditMessageTextRequest { ChatId = group, MessageId = IdOf(o.MessageId), Text = o.Text },
        ServiceOperation.DeleteMessages o => new DeleteMessagesRequest { ChatId = group, MessageIds = o.MessageIds.Select(IdOf) },
        ServiceOperation.PinMessage o => new PinChatMessageRequest { ChatId = group, MessageId = IdOf(o.MessageId) },
        _ => throw new InvalidOperationException($"Telegram has no method for {operation.GetType().Name}."),
    };

    private static Error ErrorOf(TelegramResponse response) => response.Outcome is OperationResult.Later { RetryAfter: { } wait }
        ? new TooManyError("telegram.too_many", response.Description, wait)
        : new ConflictError("telegram.refused", response.Description);

    private static long GroupOf(string externalId) => long.Parse(externalId, CultureInfo.InvariantCulture);

    private static int IdOf(string messageId) => int.Parse(messageId, CultureInfo.InvariantCulture);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
