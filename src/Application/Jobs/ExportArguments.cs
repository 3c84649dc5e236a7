using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

public enum ExportFormat
{
    /// <summary>RFC 4180 with a header, UTF-8.</summary>
    Csv = 0,

    /// <summary>A JSON object a line, UTF-8.</summary>
    Ndjson = 1,
}

/// <summary>What an export was asked for, kept as a job's arguments.</summary>
/// <param name="From">Messages sent then or later (UTC); null for all from the first.</param>
/// <param name="To">Messages sent before then (UTC); null for all to the last.</param>
/// <param name="TimeZone">The IANA name of the zone that days belong to.</param>
public sealed record ExportArguments(DateTime? From, DateTime? To, string TimeZone, ExportFormat Format);

public static class ExportTypes
{
    public static readonly IReadOnlyCollection<JobType> All =
        [JobType.MessageAnalyticsExport, JobType.UserAnalyticsExport, JobType.ApplicationExport];
}
