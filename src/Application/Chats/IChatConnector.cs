using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>A place where chats are kept. One implementation a service, known by its name.</summary>
public interface IChatConnector
{
    /// <summary>The service of chats that name none: they live on this server and nowhere else.</summary>
    const string Internal = "internal";

    /// <summary>Lower case; at most <see cref="Chat.MaxService"/> characters.</summary>
    string Name { get; }

    /// <summary>Whether people can be put into a chat from here; else they come by themselves, by its invitation.</summary>
    bool CanAddParticipants { get; }

    /// <summary>Whether the application may keep chats there; else the service does not exist for it.</summary>
    ValueTask<bool> IsAvailableForAsync(long applicationId, CancellationToken cancellationToken);

    /// <summary>Why the service could not keep such a chat, or null. Looks at the request only.</summary>
    Error? Validate(CreateChat request);

    /// <summary>
    /// A new link to the chat, for services whose links lead to this server; relative to its public address. Null where the service
    /// makes links itself, when asked to in the background.
    /// </summary>
    string? GenerateLink(Chat chat);

    /// <summary>
    /// Makes the chat on the service, or takes hold of it there. Called in the background, outside of a transaction, and again when
    /// it failed or its answer was lost; doing it twice must do no harm.
    /// </summary>
    /// <returns>An error is noted on the chat and tried again later.</returns>
    Task<Result<ProvisionedChat>> ProvisionAsync(Chat chat, CancellationToken cancellationToken);
}

/// <param name="Link">How one joins; a link that begins with a slash is relative to this server's public address. Null for none.</param>
public sealed record ProvisionedChat(string? Link);

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
