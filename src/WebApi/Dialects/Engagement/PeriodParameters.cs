using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

// For the API description only: ReportParameters parses the query itself.

public sealed record DayParameters
{
    /// <summary>UTC, exactly in the format <c>2026-06-15T12:00:00.000Z</c>.</summary>
    [FromQuery(Name = "start")]
    public string? Start { get; init; }

    /// <summary>The IANA time zone of days and hours. Default UTC.</summary>
    [FromQuery(Name = "timezone")]
    public string? TimeZone { get; init; }
}

public sealed record PeriodParameters
{
    /// <summary>UTC, exactly in the format <c>2026-06-15T12:00:00.000Z</c>.</summary>
    [FromQuery(Name = "start")]
    public string? Start { get; init; }

    /// <summary>In the same format; must not be before the start.</summary>
    [FromQuery(Name = "end")]
    public string? End { get; init; }

    /// <summary>The IANA time zone of days and hours. Default UTC.</summary>
    [FromQuery(Name = "timezone")]
    public string? TimeZone { get; init; }
}

public sealed record PageParameters
{
    /// <summary>Rows per page, at most 100. Default 50; 0 for all rows, up to 10,000.</summary>
    [FromQuery(Name = "count")]
    public string? Count { get; init; }

    /// <summary>Rows to skip.</summary>
    [FromQuery(Name = "offset")]
    public string? Offset { get; init; }
}
