using ChatPlatform.Domain.Common;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>Parameters at fault, in the words that the dialect's clients look for.</summary>
public static class EngagementErrors
{
    public static Error Malformed(string field) =>
        new ValidationError("engagement.malformed", $"Match error: Failed Match.Where validation in field {field}");

    /// <param name="within">The field that lacks it; null for the request itself.</param>
    public static Error Missing(string field, string? within = null) => new ValidationError(
        "engagement.missing", $"Match error: Missing key '{field}'{(within is null ? "" : $" in field {within}")}");
}
