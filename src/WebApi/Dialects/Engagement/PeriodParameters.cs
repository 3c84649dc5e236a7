using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

// Bound for the API description only: ReportParameters reads the query itself.

public sealed record DayParameters
{
    /// <summary>UTC, exactly like <c>2026-06-15T12:00:00.000Z</c>.</summary>
    [FromQuery(Name = "start")]
    public string? Start { get; init; }

    /// <summary>An IANA name; days and hours are those of its clock. UTC without it.</summary>
    [FromQuery(Name = "timezone")]
    public string? TimeZone { get; init; }
}

public sealed record PeriodParameters
{
    /// <summary>UTC, exactly like <c>2026-06-15T12:00:00.000Z</c>.</summary>
    [FromQuery(Name = "start")]
    public string? Start { get; init; }

    /// <summary>In the same form; not before the start.</summary>
    [FromQuery(Name = "end")]
    public string? End { get; init; }

    /// <summary>An IANA name; days and hours are those of its clock. UTC without it.</summary>
    [FromQuery(Name = "timezone")]
    public string? TimeZone { get; init; }
}

public sealed record PageParameters
{
    /// <summary>Rows of a page: 50 without it, at most 100; 0 for all, up to 10,000.</summary>
    [FromQuery(Name = "count")]
    public string? Count { get; init; }

    /// <summary>Rows to pass over.</summary>
    [FromQuery(Name = "offset")]
    public string? Offset { get; init; }
}
