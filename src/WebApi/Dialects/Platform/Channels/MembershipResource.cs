using System.Text.Json.Serialization;
using ChatPlatform.Application.Channels;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

/// <summary>The time when a user joined a channel; the links name both.</summary>
public sealed record MembershipResource(
    DateTime CreatedTime, [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static MembershipResource From(MembershipView membership, Links links) => new(
        membership.CreatedTime,
        new Dictionary<string, Link>
        {
            ["user"] = links.User(membership.UserId),
            ["channel"] = links.Channel(membership.ChannelId),
            ["member"] = links.At($"/channels/{membership.ChannelId}/members/{membership.UserId}"),
            ["application"] = links.Application,
        });
}
