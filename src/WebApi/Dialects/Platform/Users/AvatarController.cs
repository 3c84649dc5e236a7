using System.Security.Cryptography;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

/// <summary>The pictures of those who have none.</summary>
[Dialect<PlatformDialect>]
[AllowAnonymous]
public sealed class AvatarController(IMediator mediator) : DialectController(mediator)
{
    private const int SecondsAWeek = 7 * 24 * 60 * 60;

    /// <summary>Draws initials on a colour, an SVG; the same for the same text always.</summary>
    /// <param name="text">A display name, form-encoded: a plus sign is a blank; up to 255 characters.</param>
    [HttpGet("/v1/picture/{text}")]
    [HttpHead("/v1/picture/{text}")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public IActionResult Render(string text)
    {
        // A slash is the one sign that a path keeps encoded.
        var name = text.Replace('+', ' ').Replace("%2F", " ", StringComparison.OrdinalIgnoreCase);
        if (name.Length > TextLimits.DisplayName)
        {
            return Refuse(CommonErrors.Invalid("text", $"must be at most {TextLimits.DisplayName} characters long"));
        }

        var image = Avatar.Render(name);
        Response.Headers.CacheControl = $"public, max-age={SecondsAWeek}";
        Response.Headers.XContentTypeOptions = "nosniff";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return new FileContentResult(image, "image/svg+xml")
        {
            EntityTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(image).AsSpan(0, 8))}\""),
        };
    }
}
