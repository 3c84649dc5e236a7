using ChatPlatform.Application.Common;
using ChatPlatform.Application.Files;
using ChatPlatform.WebApi.Hosting.Errors;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Uploads;

/// <summary>Receives multipart forms with one file in the part <c>file</c>, read as a stream.</summary>
[DisableFormValueModelBinding]
public abstract class UploadController(IMediator mediator) : PlatformController(mediator)
{
    protected const string Multipart = "multipart/form-data";

    private const string Part = "file";
    private const long FormOverheadBytes = 1024 * 1024;

    /// <summary>Reads the form up to the file; <paramref name="use"/> reads the rest.</summary>
    /// <param name="use">Receives the file, and the other fields by name: complete once the file has been read to its end.</param>
    protected async Task<IActionResult> Receive(
        long? maxBytes, Func<Upload, IReadOnlyDictionary<string, string>, Task<IActionResult>> use)
    {
        if (UploadedPart.BoundaryOf(Request) is not { } boundary)
        {
            return Refuse(HttpError.Of(StatusCodes.Status415UnsupportedMediaType));
        }

        if (HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes + FormOverheadBytes;
        }

        try
        {
            await using var file = await UploadedPart.FindAsync(Request, boundary, Part, HttpContext.RequestAborted);
            return file is null
                ? Refuse(CommonErrors.Invalid(Part, "is required"))
                : await use(new Upload(file, file.FileName, file.ContentType), file.Fields);
        }
        catch (InvalidUploadException invalid)
        {
            return Refuse(invalid.Error);
        }
    }
}
