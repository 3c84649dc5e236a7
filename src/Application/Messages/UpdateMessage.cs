using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Edits a message; the former text is kept as a version (docs/contracts/platform.md#messages).</summary>
/// <param name="Body">A text can be replaced, not removed.</param>
/// <param name="Properties">A JSON merge patch for the properties, as text; null empties them.</param>
/// <param name="Versions">The accepted versions of the message; null for any.</param>
public sealed record UpdateMessage(
    long Id, Optional<string> Body = default, Optional<string> Properties = default, IReadOnlyCollection<uint>? Versions = null)
    : IRequest<Result<MessageView>>;

internal sealed class UpdateMessageValidator : AbstractValidator<UpdateMessage>
{
    public UpdateMessageValidator()
    {
        RuleFor(r => r.Body.Value).RequiredText(TextLimits.Body).When(r => r.Body.IsSet).OverridePropertyName("body");
        RuleFor(r => r.Properties.Value).PropertiesObject().OverridePropertyName("properties");
    }
}

internal sealed class UpdateMessageHandler(IChatDbContext db, MessageQueries queries, TimeProvider clock)
    : IRequestHandler<UpdateMessage, Result<MessageView>>
{
    public Task<Result<MessageView>> Handle(UpdateMessage request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => UpdateAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<MessageView>> UpdateAsync(UpdateMessage request, CancellationToken cancellationToken)
    {
        // Concurrent changes of different fields wait for each other, and all are applied.
        await db.LockAsync<Message>([request.Id], cancellationToken);
        var message = await db.Messages.FirstOrDefaultAsync(message => message.Id == request.Id, cancellationToken);
        if (message is null)
        {
            return MessageErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Versions, message.Version))
        {
            return CommonErrors.Changed;
        }

        var mentions = request.Body.IsSet ? await db.FindMentionsAsync(request.Body.Value, cancellationToken) : null;
        if (Apply(request, message, mentions) is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(message.Id, cancellationToken);
    }

    private Error? Apply(UpdateMessage request, Message message, MessageMentions? mentions)
    {
        if (request.Body.IsSet && message.Edit(request.Body.Value!, clock.UtcNow(), mentions: mentions).Error is { } refused)
        {
            return refused;
        }

        if (request.Properties.IsSet)
        {
            var properties = request.Properties.Value is { } patch ? JsonMergePatch.Apply(message.Properties, patch) : "{}";
            message.SetProperties(properties);
            return Rules.CheckMerged(properties);
        }

        return null;
    }
}
