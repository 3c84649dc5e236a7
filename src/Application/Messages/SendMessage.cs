using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>
/// Sends a message on behalf of a user or, without one, of the application. Sending to a PUBLIC channel joins it; other channels require
/// membership. Messages of blacklisted users and in inactive channels are received and not broadcast
/// (docs/contracts/platform.md#messages, docs/contracts/aggregate.md#received-and-broadcast).
/// </summary>
/// <param name="Body">The text; ignored with a file.</param>
/// <param name="Properties">A JSON object, as text.</param>
public sealed record SendMessage(
    MessageTarget Target, UserReference? User, string? Body, MessageFile? File = null, string? GroupTag = null, string? Properties = null)
    : IRequest<Result<MessageView>>
{
    /// <summary>Whether blocking functions have decided already.</summary>
    internal bool IsDecided { get; init; }
}

/// <summary>The main thread of a channel, or a thread, which may be that of a message to reply to.</summary>
public sealed record MessageTarget
{
    private MessageTarget() { }

    public long? ChannelId { get; private init; }

    public long? ThreadId { get; private init; }

    public static MessageTarget Channel(long id) => new() { ChannelId = id };

    public static MessageTarget Thread(long id) => new() { ThreadId = id };
}

internal sealed class SendMessageValidator : AbstractValidator<SendMessage>
{
    public SendMessageValidator()
    {
        RuleFor(r => r.User).Reference();
        RuleFor(r => r.Body).RequiredText(TextLimits.Body).When(r => r.File is null);
        RuleFor(r => r.File!).SetValidator(new MessageFileValidator()).When(r => r.File is not null);
        RuleFor(r => r.GroupTag).OptionalText(TextLimits.GroupTag);
        RuleFor(r => r.Properties).PropertiesObject();
    }
}

internal sealed class SendMessageHandler(IChatDbContext db, MessageQueries queries, FunctionHooks functions, TimeProvider clock)
    : IRequestHandler<SendMessage, Result<MessageView>>
{
    public async Task<Result<MessageView>> Handle(SendMessage request, CancellationToken cancellationToken)
    {
        var context = await SendContextQueries.Find(db, request.Target, request.User).FirstOrDefaultAsync(cancellationToken);
        if (context is null)
        {
            return request.Target.ChannelId is null ? MessageErrors.ThreadNotFound : ChannelErrors.NotFound;
        }

        if (!context.NeedsDecision || context.User is null || request.IsDecided)
        {
            return await StoreAsync(request, context, cancellationToken);
        }

        var draft = new MessageDraft(
            context.ParentId, request.Body, FileDraft.Of(request.File), request.GroupTag, request.Properties ?? "{}");
        var decision = await functions.AskAboutMessageAsync(request, context.Channel.Id, context.User.Id, draft, cancellationToken);
        return decision.IsSuccess
            ? await Handle(
                request with { Body = decision.Value.Body, Properties = decision.Value.Properties, IsDecided = true }, cancellationToken)
            : decision.Error;
    }

    private async Task<Result<MessageView>> StoreAsync(SendMessage request, SendContext context, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        if (request.User is { } reference)
        {
            if (context.User is null)
            {
                return UserErrors.Unknown("user", reference.ToString());
            }

            var joined = context.Channel.JoinBySending(context.User, context.IsMember, now);
            if (!joined.IsSuccess)
            {
                return joined.Error;
            }
        }

        if (request.File is { Type: FileType.Hosted, Url: var path })
        {
            (await db.HostedFiles.FirstAsync(file => file.Path == path, cancellationToken)).Claim();
        }

        var body = request.File is null ? request.Body : null;
        var mentions = await db.FindMentionsAsync(body, cancellationToken);
        var message = Message.Send(
            context.Channel,
            context.User,
            new MessageContent(body, request.File, request.GroupTag, request.Properties, mentions),
            new ThreadPosition(context.ThreadId, context.ParentId, context.NestedLevel),
            context.Channel.Broadcasts(context.IsBlacklisted),
            now);
        await db.Messages.AddAsync(message, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var sent = MessageView.OfNew(message, context.User is null ? null : UserView.Of(context.User, context.IsOnline));
        return (await queries.CompleteAsync([sent], cancellationToken))[0];
    }
}
