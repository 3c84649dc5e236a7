using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Serialization;
using ChatPlatform.WebApi.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

[ApiController]
[Dialect<AggregateDialect>]
[AllowAnonymous]
[Route("")]
public sealed class StatusController(HealthCheckService health) : ControllerBase
{
    /// <summary>Returns the server's status; 503 when its database cannot be reached.</summary>
    [HttpGet]
    [ProducesResponseType<StatusRecord>(StatusCodes.Status200OK)]
    [ProducesResponseType<StatusRecord>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<IActionResult> Show()
    {
        var report = await health.CheckHealthAsync(HttpContext.RequestAborted);
        var healthy = report.Status is HealthStatus.Healthy;
        var version = typeof(StatusController).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var status = new StatusRecord(
            "ChatPlatform",
            version.Split('+')[0],
            healthy ? "ok" : "unavailable",
            healthy,
            AgeOfProcess());
        return StatusCode(healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, status);
    }

    private static long AgeOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return (long)(TimeProvider.System.GetUtcNow() - process.StartTime.ToUniversalTime()).TotalSeconds;
    }
}

/// <param name="Uptime">Seconds.</param>
public sealed record StatusRecord(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("database_reachable")] bool DatabaseReachable,
    [property: JsonPropertyName("uptime")] long Uptime);
