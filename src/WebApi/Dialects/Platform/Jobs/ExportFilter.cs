using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>Period, time zone and format of an analytics export (docs/contracts/platform.md#exports).</summary>
public sealed class ExportFilter
{
    /// <summary>Only messages sent at or after this time; ISO 8601.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Only messages sent before this time; ISO 8601.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>IANA time zone by whose local days messages are counted. Default: UTC.</summary>
    [FromQuery(Name = "timezone")]
    public string? TimeZone { get; init; }

    /// <summary>CSV (default) or NDJSON.</summary>
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
