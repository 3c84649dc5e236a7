using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>Serializes the changes of a chat over all servers.</summary>
public interface IChatLock
{
    /// <summary>
    /// Locks the chat, loads it with its current invitation, runs the change and saves it, all in one transaction. A change that
    /// returns an error is discarded. No such chat: <see cref="ChatErrors.NotFound"/>.
    /// </summary>
    Task<Result<T>> ChangeAsync<T>(Guid chatId, Func<Chat, Task<Result<T>>> change, CancellationToken cancellationToken);
}
