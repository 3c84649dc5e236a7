using ChatPlatform.Application.Common;
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
/// Sends the keystrokes of a member, as an ephemeral event (<see cref="Sessions.IEphemeralEvents"/>), to the users with an open chat
/// session in the channel (docs/contracts/platform.md#channel-events-and-keystrokes).
/// </summary>
/// <param name="Keys">The text typed so far; may be empty.</param>
public sealed record SendKeystrokes(MessageTarget Target, string? Keys, UserReference? User) : IRequest<Result<KeystrokesView>>;

/// <param name="ThreadId">Id of a thread, or of the message to reply to.</param>
public sealed record KeystrokesView(long ChannelId, long ThreadId, long UserId, string Username, string Keys);

internal sealed class SendKeystrokesValidator : AbstractValidator<SendKeystrokes>
{
    public SendKeystrokesValidator()
    {
        RuleFor(r => r.Keys).NotNull().WithMessage("is required").OptionalText(TextLimits.Body);
        RuleFor(r => r.User).NotNull().WithMessage("is required").Reference();
    }
}

internal sealed class SendKeystrokesHandler(IChatDbContext db, TimeProvider clock) : IRequestHandler<SendKeystrokes, Result<KeystrokesView>>
{
    public async Task<Result<KeystrokesView>> Handle(SendKeystrokes request, CancellationToken cancellationToken)
    {
        var context = await SendContextQueries.Find(db, request.Target, request.User).FirstOrDefaultAsync(cancellationToken);
        if (context is null)
        {
            return request.Target.ChannelId is null ? MessageErrors.ThreadNotFound : ChannelErrors.NotFound;
        }

        if (context.User is null)
        {
            return UserErrors.Unknown("user", request.User!.ToString());
        }

        var threadId = context.ParentId ?? context.ThreadId;
        var sent = context.Channel.SendKeystrokes(
            context.User, threadId, request.Keys!, context.IsMember, context.IsBlacklisted, clock.UtcNow());
        if (!sent.IsSuccess)
        {
            return sent.Error;
        }

        await db.SaveChangesAsync(cancellationToken);
        return new KeystrokesView(context.Channel.Id, threadId, context.User.Id, context.User.Name, request.Keys!);
    }
}
