using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// A service outside this server. Changes made here are sent to it in the background, in order, by <see cref="ExecuteAsync"/>;
/// changes made there arrive by a webhook and are parsed by <see cref="ReadAsync"/>. Queue, order, retries, duplicates, users and
/// history are handled outside the connector, the same for every service.
/// </summary>
public interface IExternalChatConnector : IChatConnector
{
    /// <summary>Whether the service is configured for any application.</summary>
    bool IsConfigured { get; }

    /// <summary>The longest text of a message, in UTF-16 units; longer texts are sent in parts.</summary>
    int MaxText { get; }

    /// <summary>
    /// Whether a call that is not safe to repeat is made again when its outcome is unknown. If so, the service may receive it twice;
    /// if not, the service may miss it, and the outbox entry waits for an operator.
    /// </summary>
    bool ResendsInDoubt { get; }

    /// <summary>Whether the service may give a chat with this id another one, which itself never changes.</summary>
    bool MayMove(string chatExternalId) => false;

    /// <summary>
    /// Executes one operation. Failures of the service or the network are results, not exceptions. Cancelled only at shutdown.
    /// </summary>
    /// <param name="chatExternalId">The service's id of the chat.</param>
    Task<OperationResult> ExecuteAsync(
        long applicationId, string chatExternalId, ServiceOperation operation, CancellationToken cancellationToken);

    /// <summary>
    /// Authenticates and parses a webhook request. A request that is not from the service: <see cref="WebhookErrors.Unknown"/>. An
    /// update of no interest: null.
    /// </summary>
    Task<Result<InboundUpdate?>> ReadAsync(WebhookRequest webhook, CancellationToken cancellationToken);
}

/// <param name="Secret">The last segment of the path.</param>
/// <param name="Headers">Names in lower case.</param>
public sealed record WebhookRequest(string Secret, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);

public static class WebhookErrors
{
    public static readonly Error Unknown = new NotFoundError("webhook.unknown", "There is nothing at this address.");

    public static readonly Error Malformed =
        new ValidationError("webhook.malformed", "body", "must be an update in the format of the service");

    public static readonly Error TooEarly =
        new UnavailableError("webhook.too_early", "The chat is being created; send the update again later.");

    public static readonly Error UnknownYet =
        new UnavailableError("webhook.unknown_yet", "A chat may have moved here; send the update again later.");
}
