using System.Text.Json;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

/// <summary>A custom event for users with a chat session in the channel. Stored for a short time, only in the event log.</summary>
/// <param name="User">Null when the application sent it.</param>
/// <param name="Properties">A JSON object.</param>
public sealed record ChannelEventSent(Channel Channel, User? User, string Name, string Properties, DateTime At) : DomainEvent
{
    public override string Type => "ephemeral.event";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => User?.Id;

    public override object Payload => new { At, Name, Properties = JsonSerializer.Deserialize<JsonElement>(Properties) };
}

/// <summary>Keystrokes of a member, stored like <see cref="ChannelEventSent"/>.</summary>
public sealed record KeystrokesSent(Channel Channel, User User, long ThreadId, string Keys, DateTime At) : DomainEvent
{
    public override string Type => "ephemeral.keystrokes";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => User.Id;

    public override object Payload => new { At, ThreadId, UserId = User.Id, Username = User.Name, Keys };
}
