using ChatPlatform.Application.Common;
using ChatPlatform.Application.Files;
using ChatPlatform.WebApi.Hosting.Errors;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Uploads;

/// <summary>Takes multipart forms with one file in the part <c>file</c>, read as they arrive.</summary>
[DisableFormValueModelBinding]
public abstract class UploadController(IMediator mediator) : PlatformController(mediator)
{
    protected const string Multipart = "multipart/form-data";

    private const string Part = "file";
    private const long FormOverheadBytes = 1024 * 1024;

    /// <summary>Reads the form up to the file and lets <paramref name="use"/> read on.</summary>
    /// <param name="maxBytes">Of the file; null where the form has no bound of its own.</param>
    /// <param name="use">Gets the file, and the form's other fields by name: all of them once the file was read to its end.</param>
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
        catch (InvalidUploadException refused)
        {
            return Refuse(refused.Error);
        }
    }
}
