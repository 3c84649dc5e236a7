using System.Globalization;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>A stored figure that a recount of the rows does not confirm.</summary>
/// <param name="Figure">What is counted, such as <c>messages of a channel</c>.</param>
/// <param name="From">When the slice begins (UTC); null for all-time figures.</param>
/// <param name="To">When it ends (UTC, exclusive).</param>
public sealed record Difference(
    long ApplicationId, string Figure, DateTime? From, DateTime? To, long? ChannelId, long? UserId, long Stored, long Counted)
{
    /// <summary>Names the slice in one line.</summary>
    public override string ToString()
    {
        var place = string.Concat(
            ChannelId is null ? "" : $", channel {ChannelId}",
            UserId is null ? "" : $", user {UserId}",
            From is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {From:yyyy-MM-ddTHH:mm}Z to {To:yyyy-MM-ddTHH:mm}Z"));
        return $"application {ApplicationId}, {Figure}{place}: stored {Stored}, counted {Counted}";
    }
}
