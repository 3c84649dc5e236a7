using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>
/// Entity tags of single resources: <c>"{version}.{hash}"</c>. The hash covers the representation, so that If-None-Match sees every visible
/// change. The version is that of the row, so that If-Match fails only for changes of the resource itself, not of presence.
/// </summary>
internal static class EntityTags
{
    /// <summary>The versions accepted by If-Match; null if absent or <c>*</c>.</summary>
    public static Result<IReadOnlyCollection<uint>?> ExpectedVersions(this HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0 || header is ["*"])
        {
            return (List<uint>?)null;
        }

        return EntityTagHeaderValue.TryParseList([.. header.OfType<string>()], out var tags)
            ? tags.Select(VersionOf).OfType<uint>().ToList()
            : CommonErrors.Changed;
    }

    private static uint? VersionOf(EntityTagHeaderValue tag) =>
        uint.TryParse(tag.Tag.AsSpan(1).SliceUntil('.'), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    public static string Of(uint version, ReadOnlySpan<byte> representation) => string.Create(
        CultureInfo.InvariantCulture, $"\"{version:x}.{Convert.ToHexStringLower(SHA256.HashData(representation).AsSpan(0, 8))}\"");

    private static ReadOnlySpan<char> SliceUntil(this ReadOnlySpan<char> text, char end) =>
        text.IndexOf(end) is var at and >= 0 ? text[..at] : text;
}

/// <summary>A single resource with its entity tag; 304 if the client already has it.</summary>
internal sealed class TaggedResult(object resource, uint version) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var (options, contentType) = new PlatformDialect().GetResponseFormat(context.HttpContext);
        var body = JsonSerializer.SerializeToUtf8Bytes(resource, resource.GetType(), options);
        var tag = EntityTags.Of(version, body);
        response.Headers.ETag = tag;
        response.Headers.Vary = HeaderNames.Accept;
        if (HttpMethods.IsGet(request.Method) && Has(request.Headers.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.HttpContext.RequestAborted);
    }

    private static bool Has(StringValues header, string tag) =>
        EntityTagHeaderValue.TryParseList([.. header.OfType<string>()], out var tags)
        && tags.Any(candidate => candidate.Tag == "*" || candidate.Tag == tag);
}
