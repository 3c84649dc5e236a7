using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Removes a reaction. The user need not be a member any more (docs/contracts/platform.md#reactions).</summary>
/// <param name="Emoji">An alias, or the emoji itself.</param>
public sealed record RemoveReaction(long MessageId, string Emoji, UserReference User) : IRequest<Result<MessageView>>;

internal sealed class RemoveReactionValidator : AbstractValidator<RemoveReaction>
{
    public RemoveReactionValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class RemoveReactionHandler(IChatDbContext db, MessageQueries queries)
    : IRequestHandler<RemoveReaction, Result<MessageView>>
{
    public async Task<Result<MessageView>> Handle(RemoveReaction request, CancellationToken cancellationToken)
    {
        var message = await db.Messages.FirstOrDefaultAsync(message => message.Id == request.MessageId, cancellationToken);
        if (message is null)
        {
            return MessageErrors.NotFound;
        }

        var alias = EmojiTable.Find(request.Emoji)?.Aliases[0];
        var users = db.Users.ByReference(request.User).Select(user => user.Id);
        var reaction = await db.MessageReactions.FirstOrDefaultAsync(
            reaction => reaction.MessageId == message.Id && reaction.Alias == alias && users.Contains(reaction.UserId), cancellationToken);
        if (reaction is null)
        {
            return MessageErrors.ReactionNotFound;
        }

        message.RemoveReaction(reaction);
        db.MessageReactions.Remove(reaction);
        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(message.Id, cancellationToken);
    }
}
