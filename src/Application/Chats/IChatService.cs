using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>A place where chats are kept. One implementation a service, known by its name.</summary>
public interface IChatService
{
    /// <summary>The service of chats that name none: they live on this server and nowhere else.</summary>
    const string Internal = "internal";

    /// <summary>Lower case; at most <see cref="Chat.MaxService"/> characters.</summary>
    string Name { get; }

    /// <summary>Whether people can be put into a chat from here; else they come by themselves, by its invitation.</summary>
    bool AdmitsFromHere { get; }

    /// <summary>Whether the application may keep chats there; else the service does not exist for it.</summary>
    ValueTask<bool> ServesAsync(long applicationId, CancellationToken cancellationToken);

    /// <summary>Why the service could not keep such a chat, or null. Looks at the request only.</summary>
    Error? Refuse(CreateChat request);

    /// <summary>
    /// A new link to the chat, for services whose links lead to this server; relative to its public address. Null where the service
    /// makes links itself, when asked to in the background.
    /// </summary>
    string? DrawLink(Chat chat);

    /// <summary>
    /// Makes the chat on the service, or takes hold of it there. Called in the background, outside of a transaction, and again when
    /// it failed or its answer was lost; doing it twice must do no harm.
    /// </summary>
    /// <returns>An error is noted on the chat and tried again later.</returns>
    Task<Result<MadeChat>> MakeAsync(Chat chat, CancellationToken cancellationToken);
}

/// <param name="Link">How one joins; a link that begins with a slash is relative to this server's public address. Null for none.</param>
public sealed record MadeChat(string? Link);

public static class ChatServices
{
    public static async Task<IReadOnlyList<IChatService>> ServingAsync(
        this IEnumerable<IChatService> services, long applicationId, CancellationToken cancellationToken)
    {
        var serving = new List<IChatService>();
        foreach (var service in services)
        {
            if (await service.ServesAsync(applicationId, cancellationToken))
            {
                serving.Add(service);
            }
        }

        return serving;
    }

    public static IChatService? Named(this IEnumerable<IChatService> services, string name) =>
        services.FirstOrDefault(service => service.Name == name);
}
