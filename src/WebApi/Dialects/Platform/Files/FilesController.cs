using ChatPlatform.Application.Files;
using ChatPlatform.Domain.Files;
using ChatPlatform.WebApi.Hosting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Files;

/// <summary>Uploaded files. Web pages show them without a token, so their addresses cannot be guessed and are not logged.</summary>
[Dialect<PlatformDialect>]
[AllowAnonymous]
[SecretPath]
public sealed class FilesController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Downloads a file; supports ranges. A caller of another application gets 404.</summary>
    [HttpGet(HostedFile.PathPrefix + "{code}")]
    [HttpHead(HostedFile.PathPrefix + "{code}")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status206PartialContent)]
    public Task<IActionResult> Download(string code) => Send(new OpenFile(code), IActionResult (file) => new HostedFileResult(file));
}
