using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPlatform.Application.Chats;

/// <summary>Something that a chat's service is to be told. Kept as JSON from when it happened until it was told.</summary>
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
    // The database keeps JSON with its keys in an order of its own.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };

    /// <summary>Whether telling it twice does no more than telling it once.</summary>
    [JsonIgnore]
    public virtual bool IsSafeToRetry => true;

    public static ServiceOperation FromJson(string json) => JsonSerializer.Deserialize<ServiceOperation>(json, Json)!;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public sealed record Rename(string Title) : ServiceOperation;

    /// <param name="Description">Null takes it away.</param>
    public sealed record SetDescription(string? Description) : ServiceOperation;

    /// <summary>Puts somebody out of the chat; they may come back by an invitation.</summary>
    public sealed record RemoveUser(string UserId) : ServiceOperation;

    /// <summary>Asks for a new link, <see cref="OperationResult.Done.Link"/>. Asked twice, a link too many lies about.</summary>
    /// <param name="ExpiresAt">UTC.</param>
    public sealed record CreateInvitation(DateTime? ExpiresAt, int? MaxUses) : ServiceOperation;

    public sealed record RevokeInvitation(string Link) : ServiceOperation;

    /// <summary>Says something; answers with <see cref="OperationResult.Done.MessageId"/>.</summary>
    /// <param name="ReplyTo">The service's id of the message that it answers; filled in when the call is made.</param>
    public sealed record SendMessage(string Text, string? ReplyTo = null) : ServiceOperation
    {
        public override bool IsSafeToRetry => false;
    }

    /// <param name="MessageId">The service's id of the message; filled in when the call is made.</param>
    public sealed record EditMessage(string Text, string MessageId = "") : ServiceOperation;

    /// <param name="MessageIds">The service's ids of the messages, at most a hundred; what is gone already is none of its business.</param>
    public sealed record DeleteMessages(IReadOnlyList<string> MessageIds) : ServiceOperation;

    /// <inheritdoc cref="EditMessage"/>
    public sealed record PinMessage(string MessageId = "") : ServiceOperation;
}

/// <summary>How a call ended. Texts are for the application's people and hold no secret.</summary>
public abstract record OperationResult
{
    private OperationResult() { }

    /// <summary>The service did it.</summary>
    /// <param name="MessageId">What it calls the message that it took.</param>
    /// <param name="Link">The link that it made.</param>
    public sealed record Done(string? MessageId = null, string? Link = null) : OperationResult;

    /// <summary>It will not do it, however often it is asked.</summary>
    public sealed record Refused(string Reason) : OperationResult;

    /// <summary>It did not do it now.</summary>
    /// <param name="RetryAfter">How long it wants to be left alone; null when it did not say.</param>
    public sealed record Later(string Reason, TimeSpan? RetryAfter = null) : OperationResult;

    /// <summary>It did not do it now and, unless a person helps, never will.</summary>
    public sealed record NeedsHelp(string Reason) : OperationResult;

    /// <summary>The chat has another id there by now; the call is made again under that one.</summary>
    public sealed record Moved(string ChatExternalId) : OperationResult;

    /// <summary>It may or may not have done it.</summary>
    public sealed record Unknown(string Reason) : OperationResult;
}
