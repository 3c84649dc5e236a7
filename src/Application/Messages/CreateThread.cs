using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Creates a STANDALONE thread in a channel. Names need not be unique (docs/contracts/platform.md#threads-and-replies).</summary>
/// <param name="Properties">A JSON object, as text.</param>
public sealed record CreateThread(long ChannelId, string? Name, string? Properties = null) : IRequest<Result<ThreadView>>;

internal sealed class CreateThreadValidator : AbstractValidator<CreateThread>
{
    public CreateThreadValidator()
    {
        RuleFor(r => r.Name).RequiredText(TextLimits.Name);
        RuleFor(r => r.Properties).PropertiesObject();
    }
}

internal sealed class CreateThreadHandler(IChatDbContext db, TimeProvider clock) : IRequestHandler<CreateThread, Result<ThreadView>>
{
    public async Task<Result<ThreadView>> Handle(CreateThread request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var thread = channel.CreateThread(request.Name!, request.Properties, clock.UtcNow());
        await db.Threads.AddAsync(thread, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return ThreadView.Of(thread);
    }
}
