using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>A service that hosts chats. Each service has one implementation, found by its name.</summary>
public interface IChatConnector
{
    /// <summary>The default service: chats that exist on this server only.</summary>
    const string Internal = "internal";

    /// <summary>Lower case; at most <see cref="Chat.MaxService"/> characters.</summary>
    string Name { get; }

    /// <summary>Whether this server can add participants; if not, they join by the invitation.</summary>
    bool CanAddParticipants { get; }

    /// <summary>Whether the application may use the service.</summary>
    ValueTask<bool> IsAvailableForAsync(long applicationId, CancellationToken cancellationToken);

    /// <summary>Checks the request only. Null when the service can host such a chat.</summary>
    Error? Validate(CreateChat request);

    /// <summary>
    /// A new link to this server, relative to its public address. Null for services that create links themselves, in the background.
    /// </summary>
    string? GenerateLink(Chat chat);

    /// <summary>
    /// Creates the chat on the service or connects to an existing one. Called in the background, outside a transaction, and again
    /// after a failure or a lost response, so it must be idempotent.
    /// </summary>
    /// <returns>An error is recorded on the chat and retried later.</returns>
    Task<Result<ProvisionedChat>> ProvisionAsync(Chat chat, CancellationToken cancellationToken);
}

/// <param name="Link">The link to join by; relative to this server's public address if it begins with a slash. Null for none.</param>
/// <param name="ExternalId">The service's id of the chat; null if the service has none.</param>
public sealed record ProvisionedChat(string? Link, string? ExternalId = null);

public static class ChatConnectors
{
    public static async Task<IReadOnlyList<IChatConnector>> AvailableForAsync(
        this IEnumerable<IChatConnector> connectors, long applicationId, CancellationToken cancellationToken)
    {
        var available = new List<IChatConnector>();
        foreach (var connector in connectors)
        {
            if (await connector.IsAvailableForAsync(applicationId, cancellationToken))
            {
                available.Add(connector);
            }
        }

        return available;
    }

    public static IChatConnector? Named(this IEnumerable<IChatConnector> connectors, string name) =>
        connectors.FirstOrDefault(connector => connector.Name == name);
}
