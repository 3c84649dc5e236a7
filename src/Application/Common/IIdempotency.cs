using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Common;

/// <summary>
/// One transaction stores the key, the change and the response. A concurrent duplicate waits for it and gets the first response
/// (docs/contracts/platform.md#idempotency-keys).
/// </summary>
public interface IIdempotency
{
    /// <summary>Opens the transaction that all changes of this scope join.</summary>
    /// <returns>The stored response; null for a first request; an error if the key was used with another body.</returns>
    Task<Result<IdempotentResponse?>> BeginAsync(byte[] keyHash, byte[] bodyHash, CancellationToken cancellationToken);

    Task CommitAsync(int status, string? contentType, string? location, byte[] content, CancellationToken cancellationToken);

    /// <summary>
    /// Runs slow work without a transaction or connection, before any change. The key is free meanwhile: another request's response becomes
    /// the <see cref="FirstResponse"/>. Entities loaded before are forgotten.
    /// </summary>
    /// <returns>The result of <paramref name="work"/>, or <see cref="CommonErrors.Busy"/>.</returns>
    Task<Result<T>> SuspendAsync<T>(Func<Task<Result<T>>> work, CancellationToken cancellationToken);

    /// <summary>The response to send instead of this request's own; null for its own.</summary>
    IdempotentResponse? FirstResponse { get; }

    /// <summary>Also frees the key.</summary>
    Task RollbackAsync();
}
