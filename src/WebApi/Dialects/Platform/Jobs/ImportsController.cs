using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.WebApi.Dialects.Platform.Uploads;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>
/// Uploads of users, channels, members or messages in the part <c>file</c>: a JSON array or JSON lines, plain or gzip. They are
/// imported in the background; the response is the job (docs/contracts/platform.md#imports).
/// </summary>
[Route("v1/imports")]
[DisableRequestSizeLimit]
public sealed class ImportsController(IMediator mediator) : UploadController(mediator)
{
    [HttpPost("users")]
    [RequiresScope("create:user")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ImportUsers(bool atomic, bool dryRun) => Import(JobType.UserImport, null, atomic, dryRun);

    [HttpPost("channels")]
    [RequiresScope("create:channel")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ImportChannels(bool atomic, bool dryRun) => Import(JobType.ChannelImport, null, atomic, dryRun);

    [HttpPost("channels/{id:long}/members")]
    [RequiresScope("create:channel_membership")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ImportMembers(long id, bool atomic, bool dryRun) => Import(JobType.ChannelMembersImport, id, atomic, dryRun);

    /// <summary>Imports members of several group channels; each item names its channel.</summary>
    [HttpPost("members")]
    [RequiresScope("create:channel_membership")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ImportMembersOfChannels(bool atomic, bool dryRun) =>
        Import(JobType.ChannelMembersImport, null, atomic, dryRun);

    [HttpPost("messages")]
    [RequiresScope("create:message")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ImportMessages(bool atomic, bool dryRun) => Import(JobType.MessageImport, null, atomic, dryRun);

    private Task<IActionResult> Import(JobType type, long? channelId, bool atomic, bool dryRun) => Receive(
        maxBytes: null,
        (file, _) => Send(
            new StartImport(type, file.Content, channelId, dryRun, atomic),
            job => (IActionResult)Accepted(JobResource.From(job, Links))));
}
