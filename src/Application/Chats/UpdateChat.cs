using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Changes a chat (docs/contracts/chats.md#change-a-chat). A new title is added to the history and becomes the channel's display name.
/// Null fields stay. Returns the chat's id.
/// </summary>
/// <param name="Description">Empty text removes the description.</param>
/// <param name="IsActive">False closes the chat for good; true only checks that it is active.</param>
/// <param name="IfMatch">The accepted values of <see cref="ChatView.Version"/>; null for any.</param>
public sealed record UpdateChat(
    Guid Id, string? Title = null, string? Description = null, bool? IsActive = null, IReadOnlyList<string>? IfMatch = null)
    : IRequest<Result<Guid>>;

internal sealed class UpdateChatValidator : AbstractValidator<UpdateChat>
{
    public UpdateChatValidator()
    {
        RuleFor(r => r.Title).RequiredText(Chat.MaxTitle).When(r => r.Title is not null);
        RuleFor(r => r.Description).OptionalText(Chat.MaxDescription);
    }
}

internal sealed class UpdateChatHandler(IChatDbContext db, IChatLock chats, ChatQueries queries, TimeProvider clock)
    : IRequestHandler<UpdateChat, Result<Guid>>
{
    public Task<Result<Guid>> Handle(UpdateChat request, CancellationToken cancellationToken) =>
        chats.ChangeAsync(request.Id, chat => UpdateAsync(chat, request, cancellationToken), cancellationToken);

    private async Task<Result<Guid>> UpdateAsync(Chat chat, UpdateChat request, CancellationToken cancellationToken)
    {
        if (request.IfMatch is { } versions)
        {
            var current = await queries.ReadAsync(db.Chats.Where(c => c.Id == chat.Id), cancellationToken);
            if (!versions.Contains(current[0].Version()))
            {
                return ChatErrors.Changed;
            }
        }

        var now = clock.UtcNow();
        var channel = await db.Channels.FirstOrDefaultAsync(c => c.Id == chat.ChannelId, cancellationToken);
        if (request.Title is { } title)
        {
            var renamed = chat.Rename(title, now);
            if (!renamed.IsSuccess)
            {
                return renamed.Error;
            }

            channel?.Rename(title, now);
        }

        if (request.Description is { } description)
        {
            var updated = chat.SetDescription(description.Length == 0 ? null : description);
            if (!updated.IsSuccess)
            {
                return updated.Error;
            }
        }

        return request.IsActive switch
        {
            true when chat.EnsureActive() is { } error => error,
            false => Close(),
            _ => chat.Id,
        };

        Guid Close()
        {
            chat.Close(now);
            channel?.SetActive(false, now);
            return chat.Id;
        }
    }
}
