using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Changes the given fields; null restores the default (docs/contracts/platform.md#merge-patches).</summary>
/// <param name="DisplayName">Only of a group.</param>
/// <param name="Active">An inactive channel does not broadcast messages (docs/contracts/platform.md#inactive-channels).</param>
/// <param name="Properties">A JSON merge patch for the properties, as text.</param>
/// <param name="Versions">The accepted versions of the channel; null for any.</param>
public sealed record UpdateChannel(
    long Id,
    Optional<string> DisplayName = default,
    Optional<bool?> Active = default,
    Optional<string> Properties = default,
    IReadOnlyCollection<uint>? Versions = null) : IRequest<Result<ChannelView>>;

internal sealed class UpdateChannelValidator : AbstractValidator<UpdateChannel>
{
    public UpdateChannelValidator()
    {
        RuleFor(r => r.DisplayName.Value).RequiredText(TextLimits.DisplayName).When(r => r.DisplayName.Value is not null)
            .OverridePropertyName("displayName");
        RuleFor(r => r.Properties.Value).PropertiesObject().OverridePropertyName("properties");
    }
}

internal sealed class UpdateChannelHandler(IChatDbContext db, ChannelQueries queries, TimeProvider clock)
    : IRequestHandler<UpdateChannel, Result<ChannelView>>
{
    public Task<Result<ChannelView>> Handle(UpdateChannel request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => UpdateAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<ChannelView>> UpdateAsync(UpdateChannel request, CancellationToken cancellationToken)
    {
        // Concurrent changes of different fields wait for each other, and all are applied.
        await db.LockAsync<Channel>([request.Id], cancellationToken);
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.Id, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Versions, channel.Version))
        {
            return CommonErrors.Changed;
        }

        if (Apply(request, channel, clock.UtcNow()) is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(channel.Id, cancellationToken);
    }

    private static Error? Apply(UpdateChannel request, Channel channel, DateTime now)
    {
        if (request.DisplayName.IsSet && channel.Rename(request.DisplayName.Value, now).Error is { } error)
        {
            return error;
        }

        if (request.Active.IsSet)
        {
            channel.SetActive(request.Active.Value ?? true, now);
        }

        if (request.Properties.IsSet)
        {
            var properties = request.Properties.Value is { } patch ? JsonMergePatch.Apply(channel.Properties, patch) : "{}";
            channel.SetProperties(properties, now);
            return Rules.CheckMerged(properties);
        }

        return null;
    }
}
