using System.Text.Json;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

/// <summary>A STANDALONE thread began.</summary>
public sealed record ThreadCreated(Channel Channel, ReplyThread Thread) : DomainEvent
{
    public override string Type => "thread.created";

    public override long? ChannelId => Channel.Id;

    public override object Payload => new { ThreadId = Thread.Id };
}

/// <summary>Something of the application's own, for those inside of the channel. Is in the log for a short time and nowhere else.</summary>
/// <param name="User">Who told it; null for the application.</param>
/// <param name="Name">What the application calls it.</param>
/// <param name="Properties">A JSON object.</param>
public sealed record ChannelEventSent(Channel Channel, User? User, string Name, string Properties, DateTime At) : DomainEvent
{
    public override string Type => "ephemeral.event";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => User?.Id;

    public override object Payload => new { At, Name, Properties = JsonSerializer.Deserialize<JsonElement>(Properties) };
}

/// <summary>What a member is typing, for those inside of the channel. Is in the log for a short time and nowhere else.</summary>
public sealed record KeystrokesSent(Channel Channel, User User, long ThreadId, string Keys, DateTime At) : DomainEvent
{
    public override string Type => "ephemeral.keystrokes";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => User.Id;

    public override object Payload => new { At, ThreadId, UserId = User.Id, Username = User.Name, Keys };
}
