using System.Text.Json.Serialization;
using ChatPlatform.Application.Channels;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

[Route("v1/channels/{id:long}/events")]
public sealed class ChannelEventsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Tells those inside of a channel something of the application's own, which is no message.</summary>
    [HttpPost]
    [RequiresScope("read:channel", "create:channel_event")]
    [ProducesResponseType<ChannelEventResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Publish(long id, ChannelEventBody body) => Send(
        new SendChannelEvent(id, body.Type, body.Properties?.Text),
        sent => ChannelEventResource.From(sent, Links));
}

public sealed record ChannelEventBody
{
    /// <summary>What the application calls it; up to 255 characters.</summary>
    public string? Type { get; init; }

    /// <summary>A JSON object.</summary>
    public RawJson? Properties { get; init; }
}

/// <summary>Something of the application's own.</summary>
public sealed record ChannelEventResource(
    string Type, RawJson Properties, [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static ChannelEventResource From(ChannelEventView sent, Links links) => new(
        sent.Type, new RawJson(sent.Properties), new Dictionary<string, Link> { ["application"] = links.Application });
}
