using ChatPlatform.Application.Files;
using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Dialects.Platform.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Uploads;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

[Route("v1/users/{id:long}/display-picture")]
public sealed class DisplayPictureController(IMediator mediator, IOptions<FileLimits> limits) : UploadController(mediator)
{
    /// <summary>Sets a user's display picture to an external file. To upload one, use multipart with the part <c>file</c>.</summary>
    [HttpPost]
    [RequiresScope("read:user", "update:user")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Change(long id, ExternalFileBody body) => Send(
        new ChangeDisplayPicture(id, body.ToFile()),
        user => UserResource.From(user, Links),
        user => user.Version);

    [HttpPost]
    [Consumes(Multipart)]
    [ApiExplorerSettings(IgnoreApi = true)]
    [RequiresScope("read:user", "update:user")]
    public Task<IActionResult> Upload(long id) => Receive(
        limits.Value.MaxPictureBytes,
        (file, _) => Send(
            new UploadDisplayPicture(id, file),
            user => UserResource.From(user, Links),
            user => user.Version));
}
