using System.Text.Json.Serialization;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Applications;

public sealed class RootController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Retrieves the links to start from.</summary>
    [HttpGet("/v1")]
    [Authorize]
    [ProducesResponseType<RootResource>(StatusCodes.Status200OK)]
    public IActionResult Retrieve() =>
        Respond(new RootResource(new Dictionary<string, Link> { ["self"] = Links.Root, ["application"] = Links.Application }));
}

public sealed record RootResource([property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links);
