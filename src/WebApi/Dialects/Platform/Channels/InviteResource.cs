using System.Text.Json.Serialization;
using ChatPlatform.Application.Channels;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

/// <summary>The time when a user was invited to a channel; the links name both.</summary>
public sealed record InviteResource(DateTime CreatedTime, [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static InviteResource From(InviteView invite, Links links) => new(
        invite.CreatedTime,
        new Dictionary<string, Link>
        {
            ["invitee"] = links.User(invite.UserId),
            ["channel"] = links.Channel(invite.ChannelId),
            ["application"] = links.Application,
        });
}
