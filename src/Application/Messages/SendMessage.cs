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
/// Says something in a channel, on behalf of a user or, without one, as the application. Who is no member joins a PUBLIC channel by
/// it and is refused elsewhere. On a blacklist or in an inactive channel the message is received and not passed on
/// (platform contract, ruling 7; aggregate contract).
/// </summary>
/// <param name="Body">The text; not together with a file.</param>
/// <param name="Properties">A JSON object, as text.</param>
public sealed record SendMessage(
    MessageTarget Target, UserReference? User, string? Body, MessageFile? File = null, string? GroupTag = null, string? Properties = null)
    : IRequest<Result<MessageView>>
{
    /// <summary>Whether functions were asked about it already.</summary>
    internal bool IsDecided { get; init; }
}

/// <summary>Where a message goes: to the main thread of a channel, or to a thread, which may be that of a message to reply to.</summary>
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
        var found = await SendContextQueries.Find(db, request.Target, request.User).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return request.Target.ChannelId is null ? MessageErrors.ThreadNotFound : ChannelErrors.NotFound;
        }

        if (!found.IsAskedAbout || found.User is null || request.IsDecided)
        {
            return await StoreAsync(request, found, cancellationToken);
        }

        var draft = new MessageDraft(
            found.ParentId, request.Body, FileDraft.Of(request.File), request.GroupTag, request.Properties ?? "{}");
        var decided = await functions.AskAboutMessageAsync(request, found.Channel.Id, found.User.Id, draft, cancellationToken);
        return decided.IsSuccess
            ? await Handle(
                request with { Body = decided.Value.Body, Properties = decided.Value.Properties, IsDecided = true }, cancellationToken)
            : decided.Error;
    }

    private async Task<Result<MessageView>> StoreAsync(SendMessage request, SendContext found, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        if (request.User is { } reference)
        {
            if (found.User is null)
            {
                return UserErrors.Unknown("user", reference.ToString());
            }

            var joined = found.Channel.JoinBySending(found.User, found.IsMember, now);
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
            found.Channel,
            found.User,
            new MessageContent(body, request.File, request.GroupTag, request.Properties, mentions),
            new ThreadPosition(found.ThreadId, found.ParentId, found.NestedLevel),
            found.Channel.Broadcasts(found.IsBlacklisted),
            now);
        await db.Messages.AddAsync(message, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var sent = MessageView.OfNew(message, found.User is null ? null : UserView.Of(found.User, found.IsOnline));
        return (await queries.CompleteAsync([sent], cancellationToken))[0];
    }
}
