using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>Lets one change of a chat through at a time, whichever server it comes to.</summary>
public interface IChatLock
{
    /// <summary>
    /// Locks the chat, hands it over as it is then, together with its current invitation, and stores what was changed, all in one
    /// transaction; a change that answers an error leaves nothing behind. No such chat: <see cref="ChatErrors.NotFound"/>.
    /// </summary>
    Task<Result<T>> ChangeAsync<T>(Guid chatId, Func<Chat, Task<Result<T>>> change, CancellationToken cancellationToken);
}
