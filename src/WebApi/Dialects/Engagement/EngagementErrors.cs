using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>Parameter errors with the texts that clients expect (docs/contracts/engagement.md#errors).</summary>
public static class EngagementErrors
{
    public static Error Malformed(string field) =>
        new ValidationError("engagement.malformed", $"Match error: Failed Match.Where validation in field {field}");

    public static readonly Error PeriodTooLong = new ValidationError("engagement.period_too_long", "end", $"end {ReportPeriod.Rule}");

    /// <param name="within">The parent field; null for the request itself.</param>
    public static Error Missing(string field, string? within = null) => new ValidationError(
        "engagement.missing", $"Match error: Missing key '{field}'{(within is null ? "" : $" in field {within}")}");
}
