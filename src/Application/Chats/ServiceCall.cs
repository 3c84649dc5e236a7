using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPlatform.Application.Chats;

/// <summary>Something that a chat's service is to be told. Kept as JSON from when it happened until it was told.</summary>
[JsonDerivedType(typeof(Retitle), "retitle")]
[JsonDerivedType(typeof(Describe), "describe")]
[JsonDerivedType(typeof(Remove), "remove")]
[JsonDerivedType(typeof(Invite), "invite")]
[JsonDerivedType(typeof(Revoke), "revoke")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(Change), "change")]
[JsonDerivedType(typeof(Delete), "delete")]
[JsonDerivedType(typeof(Pin), "pin")]
public abstract record ServiceCall
{
    // The database keeps JSON with its keys in an order of its own.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };

    /// <summary>Whether telling it twice does no more than telling it once.</summary>
    [JsonIgnore]
    public virtual bool IsRepeatable => true;

    public static ServiceCall FromJson(string json) => JsonSerializer.Deserialize<ServiceCall>(json, Json)!;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public sealed record Retitle(string Title) : ServiceCall;

    /// <param name="Description">Null takes it away.</param>
    public sealed record Describe(string? Description) : ServiceCall;

    /// <summary>Puts somebody out of the chat; they may come back by an invitation.</summary>
    public sealed record Remove(string PersonId) : ServiceCall;

    /// <summary>Asks for a new link, <see cref="CallResult.Done.Link"/>. Asked twice, a link too many lies about.</summary>
    /// <param name="ExpiresAt">UTC.</param>
    public sealed record Invite(DateTime? ExpiresAt, int? MaxUses) : ServiceCall;

    public sealed record Revoke(string Link) : ServiceCall;

    /// <summary>Says something; answers with <see cref="CallResult.Done.MessageId"/>.</summary>
    /// <param name="ReplyTo">The service's id of the message that it answers; filled in when the call is made.</param>
    public sealed record Say(string Text, string? ReplyTo = null) : ServiceCall
    {
        public override bool IsRepeatable => false;
    }

    /// <param name="MessageId">The service's id of the message; filled in when the call is made.</param>
    public sealed record Change(string Text, string MessageId = "") : ServiceCall;

    /// <param name="MessageIds">The service's ids of the messages, at most a hundred; what is gone already is none of its business.</param>
    public sealed record Delete(IReadOnlyList<string> MessageIds) : ServiceCall;

    /// <inheritdoc cref="Change"/>
    public sealed record Pin(string MessageId = "") : ServiceCall;
}

/// <summary>How a call ended. Texts are for the application's people and hold no secret.</summary>
public abstract record CallResult
{
    private CallResult() { }

    /// <summary>The service did it.</summary>
    /// <param name="MessageId">What it calls the message that it took.</param>
    /// <param name="Link">The link that it made.</param>
    public sealed record Done(string? MessageId = null, string? Link = null) : CallResult;

    /// <summary>It will not do it, however often it is asked.</summary>
    public sealed record Refused(string Reason) : CallResult;

    /// <summary>It did not do it now.</summary>
    /// <param name="Wait">How long it wants to be left alone; null when it did not say.</param>
    public sealed record Later(string Reason, TimeSpan? Wait = null) : CallResult;

    /// <summary>It did not do it now and, unless a person helps, never will.</summary>
    public sealed record NeedsHelp(string Reason) : CallResult;

    /// <summary>The chat has another id there by now; the call is made again under that one.</summary>
    public sealed record Moved(string ChatExternalId) : CallResult;

    /// <summary>It may or may not have done it.</summary>
    public sealed record Unknown(string Reason) : CallResult;
}
