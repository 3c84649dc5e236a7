using System.Text.Json.Serialization;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Messages;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>A thread. The thread of replies to a message has the id of the message.</summary>
public sealed record ThreadResource(
    ThreadType Type,
    long Id,
    DateTime CreatedTime,
    string? Name,
    RawJson Properties,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static ThreadResource From(ThreadView thread, Links links) => new(
        thread.Type,
        thread.Id,
        thread.CreatedTime,
        thread.Name,
        new RawJson(thread.Properties),
        new Dictionary<string, Link>
        {
            ["self"] = links.Thread(thread.Id),
            ["channel"] = links.Channel(thread.ChannelId),
            ["application"] = links.Application,
        });
}
