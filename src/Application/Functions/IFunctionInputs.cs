using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Functions;

/// <summary>Writes down what functions are given, in the terms of the API that they are written for.</summary>
public interface IFunctionInputs
{
    /// <summary>The variables that every function has.</summary>
    IReadOnlyDictionary<string, string> Variables(long applicationId, string applicationKey);

    /// <summary>That somebody wants to start a session, as JSON.</summary>
    /// <param name="authParams">What their client showed for it: a JSON object; null for an empty one.</param>
    string SessionAttempt(string username, string? authParams);

    /// <summary>That a user wants to send a message, as JSON.</summary>
    string MessageAttempt(long applicationId, UserView user, ChannelView channel, MessageDraft draft);

    /// <summary>Something that has happened, as JSON.</summary>
    string Event(long applicationId, FunctionEventView functionEvent);
}

/// <summary>A message that is not stored yet.</summary>
/// <param name="ParentId">The message that it answers.</param>
/// <param name="Properties">A JSON object.</param>
public sealed record MessageDraft(long? ParentId, string? Body, FileDraft? File, string? GroupTag, string Properties);

/// <param name="Size">Bytes.</param>
public sealed record FileDraft(string Name, string ContentType, long Size)
{
    internal static FileDraft? Of(MessageFile? file) => file is null ? null : new(file.Name, file.ContentType, file.Size);
}
