using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>What an analytics export covers and how it is written; all of it ours.</summary>
public sealed class ExportFilter
{
    /// <summary>Messages sent then or later; ISO 8601.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Messages sent before then; ISO 8601.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>The IANA name of the zone that days belong to; UTC when absent.</summary>
    [FromQuery(Name = "timezone")]
    public string? TimeZone { get; init; }

    /// <summary>CSV, which is the default, or NDJSON.</summary>
    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    internal Result<StartExport> ToRequest(JobType type)
    {
        if (!WireTime.TryParse(From, out var from))
        {
            return CommonErrors.Invalid("from", WireTime.Expected);
        }

        if (!WireTime.TryParse(To, out var to))
        {
            return CommonErrors.Invalid("to", WireTime.Expected);
        }

        var format = ExportFormat.Csv;
        if (!string.IsNullOrEmpty(Format) && !WireEnum.TryParse(Format, out format))
        {
            return CommonErrors.Invalid("format", WireEnum.Expected<ExportFormat>());
        }

        return new StartExport(type, from, to, string.IsNullOrEmpty(TimeZone) ? null : TimeZone, format);
    }
}
