using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Replaces a chat's link and revokes the old one. Services that create links themselves do so in the background. Returns the chat's id.
/// </summary>
/// <param name="ExpiresAt">UTC, in the future; null never.</param>
/// <param name="MaxUses">1 to 99,999; null for any number.</param>
public sealed record RenewInvitation(Guid ChatId, DateTime? ExpiresAt = null, int? MaxUses = null) : IRequest<Result<Guid>>;

internal sealed class RenewInvitationValidator : AbstractValidator<RenewInvitation>
{
    private const int MaxUsesLimit = 99_999;

    public RenewInvitationValidator(TimeProvider clock)
    {
        RuleFor(r => r.ExpiresAt).Must(at => at is null || at > clock.UtcNow()).WithMessage("must be in the future");
        RuleFor(r => r.MaxUses).InclusiveBetween(1, MaxUsesLimit).WithMessage($"must be between 1 and {MaxUsesLimit}");
    }
}

internal sealed class RenewInvitationHandler(IChatLock chats, IEnumerable<IChatConnector> connectors, TimeProvider clock)
    : IRequestHandler<RenewInvitation, Result<Guid>>
{
    public Task<Result<Guid>> Handle(RenewInvitation request, CancellationToken cancellationToken) =>
        chats.ChangeAsync(request.ChatId, chat => Task.FromResult(Renew(chat, request)), cancellationToken);

    private Result<Guid> Renew(Chat chat, RenewInvitation request)
    {
        var now = clock.UtcNow();
        var renewed = connectors.Named(chat.Service)?.GenerateLink(chat) is { } link
            ? chat.ReplaceInvitation(link, request.ExpiresAt, request.MaxUses, now)
            : chat.RequestInvitation(request.ExpiresAt, request.MaxUses, now);
        return renewed.IsSuccess ? chat.Id : renewed.Error;
    }
}
