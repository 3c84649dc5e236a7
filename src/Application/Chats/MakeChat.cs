using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Has the service make a registered chat, and opens the PRIVATE channel that carries its messages. A chat that was made already, or
/// closed meanwhile, stays as it is. What goes wrong is noted on the chat.
/// </summary>
public sealed record MakeChat(Guid ChatId) : IRequest<Result<Done>>;

internal sealed class MakeChatHandler(
    IChatDbContext db, IChatLock chats, ICurrentApplication application, IEnumerable<IChatService> services, TimeProvider clock)
    : IRequestHandler<MakeChat, Result<Done>>
{
    public async Task<Result<Done>> Handle(MakeChat request, CancellationToken cancellationToken)
    {
        var wanted = await db.Chats.AsNoTracking().FirstOrDefaultAsync(chat => chat.Id == request.ChatId, cancellationToken);
        if (wanted is not { State: ChatState.Registered })
        {
            return Done.Success;
        }

        var serving = await services.ServingAsync(application.Id, cancellationToken);
        var made = serving.Named(wanted.Service) is { } service
            ? await service.MakeAsync(wanted, cancellationToken)
            : ChatErrors.UnknownService(wanted.Service, serving.Select(s => s.Name));
        if (!made.IsSuccess)
        {
            await chats.HoldAsync(request.ChatId, chat => Note(chat, made.Error.Message), cancellationToken);
            return made.Error;
        }

        return await chats.HoldAsync(request.ChatId, chat => Open(chat, made.Value), cancellationToken);
    }

    private static Task<Result<Done>> Note(Chat chat, string error)
    {
        chat.NoteFailure(error);
        return Task.FromResult(Done.Success);
    }

    private async Task<Result<Done>> Open(Chat chat, MadeChat made)
    {
        if (chat.State is not ChatState.Registered)
        {
            return Done.Success;
        }

        var now = clock.UtcNow();
        var channel = Channel.CreateGroup(
            application.Id, ChannelType.Private, name: null, chat.Title, creator: null, properties: null, now);
        await db.Channels.AddAsync(channel);
        return chat.Activate(channel, made.Link, now);
    }
}
