using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>
/// Sends an ephemeral event (<see cref="Sessions.IEphemeralEvents"/>) to the users with an open chat session in the channel
/// (docs/contracts/platform.md#channel-events-and-keystrokes).
/// </summary>
/// <param name="Type">Defined by the application.</param>
/// <param name="Properties">A JSON object, as text; null for an empty one.</param>
public sealed record SendChannelEvent(long ChannelId, string? Type, string? Properties = null) : IRequest<Result<ChannelEventView>>;

/// <param name="Properties">A JSON object, as text.</param>
public sealed record ChannelEventView(string Type, string Properties);

internal sealed class SendChannelEventValidator : AbstractValidator<SendChannelEvent>
{
    public SendChannelEventValidator()
    {
        RuleFor(r => r.Type).RequiredText(TextLimits.Name);
        RuleFor(r => r.Properties).PropertiesObject();
    }
}

internal sealed class SendChannelEventHandler(IChatDbContext db, TimeProvider clock)
    : IRequestHandler<SendChannelEvent, Result<ChannelEventView>>
{
    public async Task<Result<ChannelEventView>> Handle(SendChannelEvent request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var sent = new ChannelEventView(request.Type!, request.Properties ?? "{}");
        channel.SendEvent(sent.Type, sent.Properties, clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return sent;
    }
}
