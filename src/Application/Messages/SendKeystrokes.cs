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
/// Shows those inside of a channel what a member is typing, in its main thread or another (platform contract, section 5). It is kept
/// for a short time (<see cref="Sessions.IEphemeralEvents"/>).
/// </summary>
/// <param name="Keys">What has been typed so far; may be empty.</param>
public sealed record SendKeystrokes(MessageTarget Target, string? Keys, UserReference? User) : IRequest<Result<KeystrokesView>>;

/// <summary>What somebody is typing.</summary>
/// <param name="ThreadId">Where; the id of a message whose reply it will be.</param>
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
        var found = await SendContextQueries.Find(db, request.Target, request.User).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return request.Target.ChannelId is null ? MessageErrors.ThreadNotFound : ChannelErrors.NotFound;
        }

        if (found.User is null)
        {
            return UserErrors.Unknown("user", request.User!.ToString());
        }

        var threadId = found.ParentId ?? found.ThreadId;
        var sent = found.Channel.SendKeystrokes(
            found.User, threadId, request.Keys!, found.IsMember, found.IsBlacklisted, clock.UtcNow());
        if (!sent.IsSuccess)
        {
            return sent.Error;
        }

        await db.SaveChangesAsync(cancellationToken);
        return new KeystrokesView(found.Channel.Id, threadId, found.User.Id, found.User.Name, request.Keys!);
    }
}
