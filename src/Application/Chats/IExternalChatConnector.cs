using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// A service outside of this server. What changes here is told to it in the background, in order, by <see cref="ExecuteAsync"/>; what
/// changes there it tells by a webhook, which <see cref="ReadAsync"/> understands. Queue, order, retries, doubt, repetition, people and
/// history are the same for every service and none of its business.
/// </summary>
public interface IExternalChatConnector : IChatConnector
{
    /// <summary>Whether any application may keep chats there.</summary>
    bool IsConfigured { get; }

    /// <summary>The longest text of a message, in UTF-16 units; a longer one is told in parts.</summary>
    int MaxText { get; }

    /// <summary>
    /// Whether a call that must not be made twice is made again when nobody knows whether the first one arrived: then the service may
    /// get something twice; else it may miss something, which then waits for a person to decide.
    /// </summary>
    bool ResendsInDoubt { get; }

    /// <summary>
    /// Tells the service one thing. Never throws for what the service or the network does; cancelled only as the server stops.
    /// </summary>
    /// <param name="chatExternalId">What the service calls the chat.</param>
    Task<OperationResult> ExecuteAsync(
        long applicationId, string chatExternalId, ServiceOperation operation, CancellationToken cancellationToken);

    /// <summary>
    /// Makes out what a webhook call tells, and to which application. One that does not prove where it comes from:
    /// <see cref="WebhookErrors.Unknown"/>. What is of no interest: null.
    /// </summary>
    Task<Result<InboundUpdate?>> ReadAsync(WebhookRequest webhook, CancellationToken cancellationToken);
}

/// <param name="Secret">The last part of the address that was called.</param>
/// <param name="Headers">By name, in lower case.</param>
/// <param name="Body">As sent.</param>
public sealed record WebhookRequest(string Secret, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);

public static class WebhookErrors
{
    public static readonly Error Unknown = new NotFoundError("webhook.unknown", "There is nothing at this address.");

    public static readonly Error Malformed = new ValidationError("webhook.malformed", "body", "is not what the service sends");

    public static readonly Error TooEarly = new UnavailableError("webhook.too_early", "The chat is being made; tell it again later.");
}
