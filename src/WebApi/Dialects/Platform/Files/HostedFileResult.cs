using ChatPlatform.Application.Files;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Dialects.Platform.Files;

/// <summary>A file from an untrusted user: no content sniffing; only passive types are shown inline, and in a sandbox.</summary>
internal sealed class HostedFileResult : FileStreamResult
{
    private const int SecondsADay = 24 * 60 * 60;

    private static readonly string[] InlineTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "text/plain"];

    private readonly string _name;

    public HostedFileResult(OpenFileView file)
        : base(file.Content, file.ContentType)
    {
        _name = file.Name;
        EntityTag = new EntityTagHeaderValue($"\"{file.Sha256}\"");
        LastModified = file.CreatedTime;
        EnableRangeProcessing = true;
    }

    public override Task ExecuteResultAsync(ActionContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        var disposition = new ContentDispositionHeaderValue(IsInline(ContentType) ? "inline" : "attachment");
        disposition.SetHttpFileName(_name);
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = $"private, max-age={SecondsADay}, immutable";
        return base.ExecuteResultAsync(context);
    }

    private static bool IsInline(string contentType)
    {
        var type = MediaTypeHeaderValue.Parse(contentType);
        return InlineTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            || type.Type.Equals("audio", StringComparison.OrdinalIgnoreCase)
            || type.Type.Equals("video", StringComparison.OrdinalIgnoreCase);
    }
}
