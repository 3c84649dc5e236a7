using System.Text.Json.Serialization;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Applications;
using ChatPlatform.WebApi.Dialects.Platform.Json;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

[Route("v1/channels")]
public sealed class ChannelsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the channels that match all given filters.</summary>
    [HttpGet]
    [RequiresScope("read:channel")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] PageParameters page, [FromQuery] ChannelFilter filter)
    {
        var request = filter.ToRequest(page.ToRequest());
        return request.IsSuccess
            ? Send(request.Value, channels => Paged(channels, "channels", "/channels", channel => ChannelResource.From(channel, Links)))
            : Task.FromResult(Refuse(request.Error));
    }

    /// <summary>Lists the channels that a user created or is a member of.</summary>
    [HttpGet("/v1/users/{id:long}/channels")]
    [RequiresScope("read:user", "read:channels")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfUser(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListUserChannels(id, page.ToRequest()),
        channels => Paged(channels, "channels", $"/users/{id}/channels", channel => ChannelResource.From(channel, Links)));

    /// <summary>Creates a channel, or returns the existing one with this name and type, or with these members (DIRECT).</summary>
    [HttpPost]
    [RequiresScope("create:channel")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Create(CreateChannelBody body) => body.Type is { } type
        ? Send(body.ToRequest(type), channel => ChannelResource.From(channel, Links), channel => channel.Version)
        : Task.FromResult(Refuse(CommonErrors.Invalid("type", WireEnum.Expected<ChannelType>())));

    /// <summary>Retrieves a channel.</summary>
    [HttpGet("{id:long}")]
    [RequiresScope("read:channel")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(
        new GetChannel(id),
        channel => ChannelResource.From(channel, Links),
        channel => channel.Version);

    /// <summary>Updates the given fields. Null resets a field to its default; <c>properties</c> are merged key by key (RFC 7396).</summary>
    [HttpPatch("{id:long}")]
    [RequiresScope("read:channel", "update:channel")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Update(long id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ChannelPatchBody? body) => Send(
        versions => (body ?? new()).ToRequest(id, versions),
        channel => new TaggedResult(ChannelResource.From(channel, Links), channel.Version));

    /// <summary>Deletes a channel with its messages, threads and memberships.</summary>
    [HttpDelete("{id:long}")]
    [RequiresScope("read:channel", "delete:channel")]
    [ProducesResponseType<ApplicationResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Delete(long id) => SendForApplication(versions => new DeleteChannel(id, versions));
}

public sealed record CreateChannelBody
{
    public ChannelType? Type { get; init; }

    /// <summary>Group channels only. Unique in the application; random if absent.</summary>
    public string? Name { get; init; }

    /// <summary>Group channels only. Defaults to the name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Becomes the first member.</summary>
    public UserReferenceBody? Creator { get; init; }

    [JsonConverter(typeof(SetConverter<UserReferenceBody>))]
    public IReadOnlyList<UserReferenceBody>? Members { get; init; }

    public RawJson? Properties { get; init; }

    internal CreateChannel ToRequest(ChannelType type)
    {
        var isGroup = type is not ChannelType.Direct;
        return new(
            type,
            isGroup ? Name : null,
            isGroup ? DisplayName : null,
            Creator?.ToReference(),
            Members?.Select(member => member?.ToReference()!).ToList(),
            Properties?.Text);
    }
}

public sealed record ChannelPatchBody
{
    /// <summary>Group channels only.</summary>
    public Optional<string> DisplayName { get; init; }

    /// <summary>An inactive channel stores messages but does not broadcast them.</summary>
    public Optional<bool?> Active { get; init; }

    public Optional<RawJson?> Properties { get; init; }

    internal UpdateChannel ToRequest(long id, IReadOnlyCollection<uint>? versions) =>
        new(id, DisplayName, Active, new Optional<string>(Properties.IsSet, Properties.Value?.Text), versions);
}
