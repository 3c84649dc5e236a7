using System.Text.Json.Serialization;
using ChatPlatform.Application.Channels;
using ChatPlatform.Domain.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

/// <summary>A channel. Group channels have names; DIRECT channels list their members instead.</summary>
public sealed record ChannelResource
{
    public required ChannelType Type { get; init; }

    public required long Id { get; init; }

    public required DateTime CreatedTime { get; init; }

    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public UserResource? Creator { get; init; }

    public MessageResource? LastReceivedMessage { get; init; }

    public IReadOnlyList<UserResource>? Members { get; init; }

    /// <summary>An inactive channel stores messages but does not broadcast them.</summary>
    public required bool Active { get; init; }

    public required RawJson Properties { get; init; }

    [JsonPropertyName("_links")]
    public IReadOnlyDictionary<string, Link>? Links { get; init; }

    public static ChannelResource From(ChannelView channel, Links links) =>
        Embedded(channel, links) with { Links = LinksOf(channel, links) };

    public static ChannelResource Embedded(ChannelView channel, Links links) => new()
    {
        Type = channel.Type,
        Id = channel.Id,
        CreatedTime = channel.CreatedTime,
        Name = channel.Name,
        DisplayName = channel.DisplayName,
        Creator = channel.Creator is null ? null : UserResource.Embedded(channel.Creator, links),
        LastReceivedMessage = channel.LastReceivedMessage is null ? null : MessageResource.Embedded(channel.LastReceivedMessage, links),
        Members = channel.Members is null ? null : [.. channel.Members.Select(member => UserResource.Embedded(member, links))],
        Active = channel.Active,
        Properties = new RawJson(channel.Properties),
    };

    private static Dictionary<string, Link> LinksOf(ChannelView channel, Links links)
    {
        var map = new Dictionary<string, Link>
        {
            ["self"] = links.Channel(channel.Id),
            ["participants"] = links.Channel(channel.Id, "/participants"),
            ["messages"] = links.Channel(channel.Id, "/messages"),
            ["events"] = links.Channel(channel.Id, "/events"),
        };
        if (channel.Type is not ChannelType.Direct)
        {
            map["memberships"] = links.Channel(channel.Id, "/memberships");
            map["members"] = links.Channel(channel.Id, "/members");
            map["moderators"] = links.Channel(channel.Id, "/moderators");
        }

        map["thread"] = links.Thread(channel.MainThreadId);
        map["application"] = links.Application;
        return map;
    }
}
