using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>Chat functions are not offered yet: whoever may ask for them is told so (501).</summary>
[Route("v1")]
public sealed class FunctionsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Retrieves the runtime of chat functions; not offered yet.</summary>
    [HttpGet("runtimes/nodejs")]
    [RequiresScope("read:runtime", "update:runtime")]
    public IActionResult RetrieveRuntime() => NotOffered;

    /// <summary>Replaces the packages that functions can use; not offered yet.</summary>
    [HttpPut("runtimes/nodejs/dependencies")]
    [RequiresScope("read:runtime", "update:runtime")]
    public IActionResult UpdateDependencies() => NotOffered;

    /// <summary>Replaces the environment variables of functions; not offered yet.</summary>
    [HttpPut("runtimes/nodejs/environment-variables")]
    [RequiresScope("read:runtime", "update:runtime")]
    public IActionResult UpdateVariables() => NotOffered;

    /// <summary>Replaces the script that runs before functions; not offered yet.</summary>
    [HttpPut("runtimes/nodejs/initialization-script")]
    [RequiresScope("read:runtime", "update:runtime")]
    public IActionResult UpdateScript() => NotOffered;

    /// <summary>Lists functions; not offered yet.</summary>
    [HttpGet("runtimes/nodejs/functions")]
    [RequiresScope("read:runtime", "read:function")]
    public IActionResult List() => NotOffered;

    /// <summary>Makes a function; not offered yet.</summary>
    [HttpPost("runtimes/nodejs/functions")]
    [RequiresScope("read:runtime", "read:function")]
    public IActionResult Create() => NotOffered;

    /// <summary>Retrieves a function; not offered yet.</summary>
    [HttpGet("functions/{id:long}")]
    [RequiresScope("read:function")]
    public IActionResult Retrieve() => NotOffered;

    /// <summary>Retrieves the version of a function that runs; not offered yet.</summary>
    [HttpGet("functions/{id:long}/current-version")]
    [RequiresScope("read:function", "read:function_version")]
    public IActionResult RetrieveCurrentVersion() => NotOffered;

    /// <summary>Lists the runs of a function; not offered yet.</summary>
    [HttpGet("functions/{id:long}/invocations")]
    [RequiresScope("read:function", "read:function_invocation")]
    public IActionResult ListInvocations() => NotOffered;

    /// <summary>Lists the versions of a function; not offered yet.</summary>
    [HttpGet("functions/{id:long}/versions")]
    [RequiresScope("read:function", "read:function_version")]
    public IActionResult ListVersions() => NotOffered;

    /// <summary>Makes a new version of a function, which runs from then on; not offered yet.</summary>
    [HttpPost("functions/{id:long}/versions")]
    [RequiresScope("read:function", "create:function_version")]
    public IActionResult CreateVersion() => NotOffered;

    /// <summary>Retrieves a version of a function; not offered yet.</summary>
    [HttpGet("function-versions/{id:long}")]
    [RequiresScope("read:function_version")]
    public IActionResult RetrieveVersion() => NotOffered;

    private IActionResult NotOffered => Refuse(HttpError.Of(StatusCodes.Status501NotImplemented));
}
