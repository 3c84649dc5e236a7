using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Adds a reaction of a member. No effect if the member already used this emoji (docs/contracts/platform.md#reactions).</summary>
/// <param name="Emoji">An alias, or the emoji itself.</param>
public sealed record AddReaction(long MessageId, string Emoji, UserReference User) : IRequest<Result<MessageView>>;

internal sealed class AddReactionValidator : AbstractValidator<AddReaction>
{
    public AddReactionValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class AddReactionHandler(IChatDbContext db, MessageQueries queries, TimeProvider clock)
    : IRequestHandler<AddReaction, Result<MessageView>>
{
    public async Task<Result<MessageView>> Handle(AddReaction request, CancellationToken cancellationToken)
    {
        var found = await db.FindWithMemberAsync(request.MessageId, request.User, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        if (EmojiTable.Find(request.Emoji) is not { } emoji)
        {
            return MessageErrors.UnknownEmoji;
        }

        var (message, user) = found.Value;
        var alias = emoji.Aliases[0];
        if (!await db.MessageReactions.AnyAsync(
            reaction => reaction.MessageId == message.Id && reaction.Alias == alias && reaction.UserId == user.Id, cancellationToken))
        {
            db.MessageReactions.Add(message.AddReaction(user, alias, clock.UtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return await queries.GetAsync(message.Id, cancellationToken);
    }
}
