using System.Globalization;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>A stored figure that differs from a recount.</summary>
/// <param name="Figure">Name of the figure, such as <c>messages of a channel</c>.</param>
/// <param name="From">Start of the bucket (UTC); null for all-time figures.</param>
/// <param name="To">End of the bucket (UTC, exclusive).</param>
public sealed record Difference(
    long ApplicationId, string Figure, DateTime? From, DateTime? To, long? ChannelId, long? UserId, long Stored, long Counted)
{
    public override string ToString()
    {
        var slice = string.Concat(
            ChannelId is null ? "" : $", channel {ChannelId}",
            UserId is null ? "" : $", user {UserId}",
            From is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {From:yyyy-MM-ddTHH:mm}Z to {To:yyyy-MM-ddTHH:mm}Z"));
        return $"application {ApplicationId}, {Figure}{slice}: stored {Stored}, counted {Counted}";
    }
}
