using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Common;

/// <summary>
/// Makes a repeated request harmless: the key, the change and the answer are stored by one transaction, and who comes second waits for
/// it and gets the first answer (platform contract, ruling 15).
/// </summary>
public interface IIdempotency
{
    /// <summary>Opens the transaction that all of this scope's changes join.</summary>
    /// <returns>The first answer when there is one, null when this request is the first; an error when the key came with another body.</returns>
    Task<Result<IdempotentResponse?>> BeginAsync(byte[] keyHash, byte[] bodyHash, CancellationToken cancellationToken);

    /// <summary>Commits the changes together with their answer.</summary>
    Task CommitAsync(int status, string? contentType, string? location, byte[] content, CancellationToken cancellationToken);

    /// <summary>
    /// Does what takes long without holding a transaction or a connection, before anything was changed. The key is free meanwhile; should
    /// somebody else have used it by the end, theirs is the <see cref="FirstResponse"/>. What was read before is forgotten.
    /// </summary>
    /// <returns>What <paramref name="work"/> does, or <see cref="CommonErrors.Busy"/>.</returns>
    Task<Result<T>> SuspendAsync<T>(Func<Task<Result<T>>> work, CancellationToken cancellationToken);

    /// <summary>The answer to give instead of this request's own; null for its own.</summary>
    IdempotentResponse? FirstResponse { get; }

    /// <summary>Takes back what was changed; the key is free again.</summary>
    Task RollbackAsync();
}
