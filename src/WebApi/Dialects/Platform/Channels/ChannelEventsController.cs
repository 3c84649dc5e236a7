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
    /// <summary>Sends a custom event to the users with an open chat session in a channel. It is not a message.</summary>
    [HttpPost]
    [RequiresScope("read:channel", "create:channel_event")]
    [ProducesResponseType<ChannelEventResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Publish(long id, ChannelEventBody body) => Send(
        new SendChannelEvent(id, body.Type, body.Properties?.Text),
        sent => ChannelEventResource.From(sent, Links));
}

public sealed record ChannelEventBody
{
    /// <summary>The type of the event, chosen by the application; up to 255 characters.</summary>
    public string? Type { get; init; }

    public RawJson? Properties { get; init; }
}

public sealed record ChannelEventResource(
    string Type, RawJson Properties, [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static ChannelEventResource From(ChannelEventView sent, Links links) => new(
        sent.Type, new RawJson(sent.Properties), new Dictionary<string, Link> { ["application"] = links.Application });
}
