using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

public enum ExportFormat
{
    /// <summary>RFC 4180 with a header line, UTF-8.</summary>
    Csv = 0,

    Ndjson = 1,
}

/// <summary>Bounds are UTC, From inclusive, To exclusive, null for none. Days are local days of TimeZone, an IANA name.</summary>
public sealed record ExportArguments(DateTime? From, DateTime? To, string TimeZone, ExportFormat Format);

public static class ExportTypes
{
    public static readonly IReadOnlyCollection<JobType> All =
        [JobType.MessageAnalyticsExport, JobType.UserAnalyticsExport, JobType.ApplicationExport];
}
