using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Functions;

/// <summary>Serializes the input of functions with the names and resources of the API that they use.</summary>
public interface IFunctionInputs
{
    /// <summary>The built-in variables.</summary>
    IReadOnlyDictionary<string, string> Variables(long applicationId, string applicationKey);

    /// <param name="authParams">Credentials from the client: a JSON object; null for an empty one.</param>
    /// <returns>JSON.</returns>
    string SessionAttempt(string username, string? authParams);

    /// <returns>JSON.</returns>
    string MessageAttempt(long applicationId, UserView user, ChannelView channel, MessageDraft draft);

    /// <returns>JSON.</returns>
    string Event(long applicationId, FunctionEventView functionEvent);
}

/// <summary>A message that is not stored yet.</summary>
/// <param name="ParentId">The message that it replies to.</param>
/// <param name="Properties">A JSON object.</param>
public sealed record MessageDraft(long? ParentId, string? Body, FileDraft? File, string? GroupTag, string Properties);

/// <param name="Size">Bytes.</param>
public sealed record FileDraft(string Name, string ContentType, long Size)
{
    internal static FileDraft? Of(MessageFile? file) => file is null ? null : new(file.Name, file.ContentType, file.Size);
}
