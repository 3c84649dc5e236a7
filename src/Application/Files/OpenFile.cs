using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Files;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Files;

/// <summary>Opens an uploaded file for a holder of its code. Callers of another application do not find it.</summary>
/// <param name="Code">The part of the address after <see cref="HostedFile.PathPrefix"/>.</param>
public sealed record OpenFile(string Code) : IRequest<Result<OpenFileView>>;

/// <param name="Content">Seekable; the caller closes it.</param>
/// <param name="Sha256">Of the content, lower-case hexadecimal.</param>
/// <param name="CreatedTime">UTC.</param>
public sealed record OpenFileView(Stream Content, string Name, string ContentType, string Sha256, DateTime CreatedTime);

internal sealed class OpenFileHandler(IChatDbContext db, CurrentApplication current, IFileStore files)
    : IRequestHandler<OpenFile, Result<OpenFileView>>
{
    public async Task<Result<OpenFileView>> Handle(OpenFile request, CancellationToken cancellationToken)
    {
        if (!CapabilityCode.TryGetApplication(request.Code, out var applicationId)
            || (current.IsKnown && current.Id != applicationId)
            || !StorableText.IsStorable(request.Code))
        {
            return FileErrors.NotFound;
        }

        current.Use(applicationId);
        var path = HostedFile.PathPrefix + request.Code;
        var file = await db.HostedFiles.AsNoTracking()
            .FirstOrDefaultAsync(file => file.Path == path && file.ReleasedTime == null, cancellationToken);
        return file is not null && files.Open(file.StoreName) is { } content
            ? new OpenFileView(content, file.Name, file.ContentType, file.Sha256, file.CreatedTime)
            : FileErrors.NotFound;
    }
}
