using ChatPlatform.Application.Common;
using ChatPlatform.Application.Files;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Application.Users;

/// <summary>Refuses more than <see cref="FileLimits.MaxPictureBytes"/> and unsupported types.</summary>
public sealed record UploadDisplayPicture(long Id, Upload Upload) : IRequest<Result<UserView>>;

internal sealed class UploadDisplayPictureValidator : AbstractValidator<UploadDisplayPicture>
{
    public UploadDisplayPictureValidator() => RuleFor(r => r.Upload).SetValidator(new UploadValidator()).OverridePropertyName("file");
}

internal sealed class UploadDisplayPictureHandler(IChatDbContext db, IMediator mediator, FileUploads uploads, IOptions<FileLimits> limits)
    : IRequestHandler<UploadDisplayPicture, Result<UserView>>
{
    public async Task<Result<UserView>> Handle(UploadDisplayPicture request, CancellationToken cancellationToken)
    {
        if (!await db.Users.ByReference(new UserReference(request.Id)).AnyAsync(cancellationToken))
        {
            return UserErrors.NotFound;
        }

        return await uploads.ReceiveAsync(
            request.Upload,
            limits.Value.Pictures,
            file => mediator.Send(
                new ChangeDisplayPicture(
                    request.Id, new MessageFile(FileType.Hosted, file.Path, file.Name, file.ContentType, file.Size)),
                cancellationToken),
            cancellationToken);
    }
}
