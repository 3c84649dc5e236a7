using ChatPlatform.Application.Files;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Dialects.Platform.Uploads;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>Multipart variants of the JSON addresses. OpenAPI describes them there.</summary>
[Route("v1")]
[Consumes(Multipart)]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class MessageUploadsController(IMediator mediator, IOptions<FileLimits> limits) : UploadController(mediator)
{
    [HttpPost("channels/{id:long}/messages")]
    [RequiresScope("read:channel", "read:user", "create:message")]
    public Task<IActionResult> SendToChannel(long id) => Send(MessageTarget.Channel(id));

    [HttpPost("threads/{id:long}/messages")]
    [RequiresScope("read:thread", "read:user", "create:message")]
    public Task<IActionResult> SendToThread(long id) => Send(MessageTarget.Thread(id));

    private Task<IActionResult> Send(MessageTarget target) => Receive(
        limits.Value.MaxBytes,
        (file, fields) => Send(
            new SendFile(target, file, () => ReadFields(fields)),
            message => MessageResource.From(message, Links),
            message => message.Version));

    private static FileMessageDetails ReadFields(IReadOnlyDictionary<string, string> fields) => new(
        fields.GetValueOrDefault("username") is { Length: > 0 } name ? new UserReference(Username: name) : null,
        fields.GetValueOrDefault("groupTag") ?? fields.GetValueOrDefault("group_tag"),
        fields.GetValueOrDefault("properties") is { Length: > 0 } properties ? properties : null);
}
