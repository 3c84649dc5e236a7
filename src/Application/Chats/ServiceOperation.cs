using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPlatform.Application.Chats;

/// <summary>A change to send to a chat's service. Stored as JSON in the outbox until it is sent.</summary>
[JsonDerivedType(typeof(Rename), "rename")]
[JsonDerivedType(typeof(SetDescription), "set_description")]
[JsonDerivedType(typeof(RemoveUser), "remove_user")]
[JsonDerivedType(typeof(CreateInvitation), "create_invitation")]
[JsonDerivedType(typeof(RevokeInvitation), "revoke_invitation")]
[JsonDerivedType(typeof(SendMessage), "send_message")]
[JsonDerivedType(typeof(EditMessage), "edit_message")]
[JsonDerivedType(typeof(DeleteMessages), "delete_messages")]
[JsonDerivedType(typeof(PinMessage), "pin_message")]
public abstract record ServiceOperation
{
    // The database reorders the keys of JSON.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };

    /// <summary>Whether the operation is idempotent.</summary>
    [JsonIgnore]
    public virtual bool IsSafeToRetry => true;

    public static ServiceOperation FromJson(string json) => JsonSerializer.Deserialize<ServiceOperation>(json, Json)!;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public sealed record Rename(string Title) : ServiceOperation;

    /// <param name="Description">Null removes the description.</param>
    public sealed record SetDescription(string? Description) : ServiceOperation;

    /// <summary>Removes a user, who may come back by an invitation.</summary>
    public sealed record RemoveUser(string UserId) : ServiceOperation;

    /// <summary>Creates a link, <see cref="OperationResult.Done.Link"/>. A repeated call leaves an unused link.</summary>
    /// <param name="ExpiresAt">UTC.</param>
    public sealed record CreateInvitation(DateTime? ExpiresAt, int? MaxUses) : ServiceOperation;

    public sealed record RevokeInvitation(string Link) : ServiceOperation;

    /// <summary>Sends a message; returns <see cref="OperationResult.Done.MessageId"/>.</summary>
    /// <param name="ReplyTo">The service's id of the parent message; filled in when the call is made.</param>
    public sealed record SendMessage(string Text, string? ReplyTo = null) : ServiceOperation
    {
        public override bool IsSafeToRetry => false;
    }

    /// <summary>Changes a part of a message; a part that the service does not have yet is sent.</summary>
    /// <param name="MessageId">The service's id of the part; filled in when the call is made.</param>
    /// <param name="Part">Counted from 0.</param>
    /// <param name="IsLast">Whether later parts are to be deleted.</param>
    public sealed record EditMessage(string Text, string MessageId = "", int Part = 0, bool IsLast = true) : ServiceOperation;

    /// <param name="MessageIds">The service's ids of the messages, at most 100; deleted ones are ignored.</param>
    /// <param name="ChatExternalId">The service's id of the chat that gave the ids; null for the current one.</param>
    public sealed record DeleteMessages(IReadOnlyList<string> MessageIds, string? ChatExternalId = null) : ServiceOperation;

    /// <param name="MessageId">The service's id of the message; filled in when the call is made.</param>
    public sealed record PinMessage(string MessageId = "") : ServiceOperation;
}

/// <summary>The outcome of a call. Reasons are shown to the application and must not contain secrets.</summary>
public abstract record OperationResult
{
    private OperationResult() { }

    /// <param name="MessageId">The service's id of the message sent.</param>
    /// <param name="Link">The link created.</param>
    public sealed record Done(string? MessageId = null, string? Link = null) : OperationResult;

    /// <summary>A permanent failure.</summary>
    public sealed record Refused(string Reason) : OperationResult;

    /// <summary>A temporary failure.</summary>
    /// <param name="RetryAfter">The wait that the service asks for; null when it does not say.</param>
    public sealed record Later(string Reason, TimeSpan? RetryAfter = null) : OperationResult;

    /// <summary>A failure that lasts until an operator helps.</summary>
    public sealed record NeedsHelp(string Reason) : OperationResult;

    /// <summary>The chat has a new id on the service; the call is repeated with it.</summary>
    public sealed record Moved(string ChatExternalId) : OperationResult;

    /// <summary>The service may or may not have executed the operation.</summary>
    public sealed record Unknown(string Reason) : OperationResult;
}
