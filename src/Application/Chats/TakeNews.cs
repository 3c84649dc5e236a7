using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Takes in what a service tells by its webhook. What was told before, what no chat is about and what a closed chat is about changes
/// nothing; what is told in the wrong order ends up as if it had been told in the right one.
/// </summary>
public sealed record TakeNews(string Service, WebhookCall Call) : IRequest<Result<Done>>;

internal sealed class TakeNewsHandler(
    IChatDbContext db,
    IChatLock chats,
    ChatIntake intake,
    CurrentApplication current,
    IEnumerable<IChatService> services,
    TimeProvider clock)
    : IRequestHandler<TakeNews, Result<Done>>
{
    public async Task<Result<Done>> Handle(TakeNews request, CancellationToken cancellationToken)
    {
        if (services.Named(request.Service) is not IOutsideChatService service)
        {
            return WebhookErrors.Unknown;
        }

        var read = await service.ReadAsync(request.Call, cancellationToken);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        if (read.Value is not { } told)
        {
            return Done.Success;
        }

        current.Use(told.ApplicationId);
        var chat = await db.Chats.AsNoTracking().FirstOrDefaultAsync(
            c => c.Service == service.Name && c.ExternalId == told.ChatExternalId && c.State != ChatState.Closed, cancellationToken);
        return chat?.State switch
        {
            null => Done.Success,
            ChatState.Registered => WebhookErrors.TooEarly,
            _ => await chats.HoldAsync(chat.Id, held => TakeAsync(held, told, cancellationToken), cancellationToken),
        };
    }

    private async Task<Result<Done>> TakeAsync(Chat chat, ServiceNews told, CancellationToken cancellationToken)
    {
        var isKnown = await db.ServiceUpdates.AnyAsync(
            update => update.Service == chat.Service && update.UpdateId == told.UpdateId, cancellationToken);
        if (isKnown || !chat.IsActive)
        {
            return Done.Success;
        }

        db.ServiceUpdates.Add(ServiceUpdate.Create(chat.ApplicationId, chat.Service, told.UpdateId, clock.UtcNow()));
        foreach (var news in told.News)
        {
            await intake.TakeAsync(chat, news, cancellationToken);

            // The next looks for people and messages in the store.
            await db.SaveChangesAsync(cancellationToken);
        }

        return Done.Success;
    }
}
