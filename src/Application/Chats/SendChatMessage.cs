using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Sends a message to the channel of a chat (docs/contracts/chats.md#messages). Returns the message's id.</summary>
/// <param name="Pin">Whether the message replaces the pinned one.</param>
/// <param name="WrittenBy">An active participant; null for the application's bot user, which is created with its first message.</param>
public sealed record SendChatMessage(Guid ChatId, string? Text, bool Pin = false, Guid? WrittenBy = null) : IRequest<Result<long>>
{
    /// <summary>Set by blocking functions.</summary>
    internal string? Properties { get; init; }
}

internal sealed class SendChatMessageValidator : AbstractValidator<SendChatMessage>
{
    public SendChatMessageValidator() => RuleFor(r => r.Text).RequiredText(TextLimits.Body);
}

internal sealed class SendChatMessageHandler(
    IChatDbContext db, IChatLock chats, FunctionHooks functions, ICurrentApplication application, TimeProvider clock)
    : IRequestHandler<SendChatMessage, Result<long>>
{
    /// <summary>On external services its messages are sent without a name in front (ChatOutboxBatch.sql).</summary>
    private const string BotName = "application-bot";

    public async Task<Result<long>> Handle(SendChatMessage request, CancellationToken cancellationToken)
    {
        var decided = await DecideAsync(request, cancellationToken);
        return decided.IsSuccess
            ? await chats.ChangeAsync(request.ChatId, chat => SendAsync(chat, decided.Value, cancellationToken), cancellationToken)
            : decided.Error;
    }

    /// <summary>Runs blocking functions before the chat is locked. Writers who may not write are refused under the lock.</summary>
    private async Task<Result<SendChatMessage>> DecideAsync(SendChatMessage request, CancellationToken cancellationToken)
    {
        if (request.WrittenBy is null || !await FunctionHooks.EnabledFunctions(db, FunctionTypes.SendMessage).AnyAsync(cancellationToken))
        {
            return request;
        }

        var channelId = await db.Chats.Where(chat => chat.Id == request.ChatId).Select(chat => chat.ChannelId)
            .FirstOrDefaultAsync(cancellationToken);
        if (channelId is null || await WriterAsync(request, cancellationToken) is not { Id: { } userId })
        {
            return request;
        }

        var draft = new MessageDraft(null, request.Text, null, null, "{}");
        var decided = await functions.AskAboutMessageAsync(request, channelId.Value, userId, draft, cancellationToken);
        return decided.IsSuccess
            ? request with { Text = decided.Value.Body, Properties = decided.Value.Properties }
            : decided.Error;
    }

    private async Task<Result<long>> SendAsync(Chat chat, SendChatMessage request, CancellationToken cancellationToken)
    {
        if (chat.EnsureActive() is { } error)
        {
            return error;
        }

        var writer = request.WrittenBy is null ? await BotAsync(cancellationToken) : await WriterAsync(request, cancellationToken);
        if (writer is null)
        {
            return ChatErrors.UnknownWriter(request.WrittenBy!.Value);
        }

        var context = await SendContextQueries.Find(db, MessageTarget.Channel(chat.ChannelId!.Value), writer).FirstAsync(cancellationToken);
        var message = Message.Send(
            context.Channel,
            context.User,
            new MessageContent(request.Text, null, null, request.Properties),
            new ThreadPosition(context.ThreadId),
            context.Channel.Broadcasts(context.IsBlacklisted),
            clock.UtcNow());
        await db.Messages.AddAsync(message, cancellationToken);
        var pinned = request.Pin ? chat.Pin(message) : Done.Success;
        return pinned.IsSuccess ? message.Id : pinned.Error;
    }

    private async Task<UserReference?> BotAsync(CancellationToken cancellationToken)
    {
        var bot = new UserReference(Username: BotName);
        if (!await db.Users.ByReference(bot).AnyAsync(cancellationToken))
        {
            var created = User.Create(
                application.Id, BotName, "Application", isGuest: false, properties: null, clock.UtcNow(), UserType.Bot);
            await db.Users.AddAsync(created, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return bot;
    }

    private Task<UserReference?> WriterAsync(SendChatMessage request, CancellationToken cancellationToken) => db.Participants
        .Where(p => p.Id == request.WrittenBy && p.ChatId == request.ChatId && p.Participations.Any(s => s.LeftAt == null))
        .Select(p => new UserReference(p.UserId, null))
        .FirstOrDefaultAsync(cancellationToken);
}
