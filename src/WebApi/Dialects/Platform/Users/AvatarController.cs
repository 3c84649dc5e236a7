using System.Security.Cryptography;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

[Dialect<PlatformDialect>]
[AllowAnonymous]
public sealed class AvatarController(IMediator mediator) : DialectController(mediator)
{
    private const int SecondsAWeek = 7 * 24 * 60 * 60;

    /// <summary>Generates an SVG with initials on a colour; always the same for the same text.</summary>
    /// <param name="text">A display name, form-encoded: a plus sign is a space. Up to 255 characters.</param>
    [HttpGet("/v1/picture/{text}")]
    [HttpHead("/v1/picture/{text}")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public IActionResult Render(string text)
    {
        // A slash is the only character that stays encoded in the path.
        var name = text.Replace('+', ' ').Replace("%2F", " ", StringComparison.OrdinalIgnoreCase);
        if (string.IsNullOrWhiteSpace(text))
        {
            return Refuse(CommonErrors.Invalid("text", "must not be blank"));
        }

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
