using ChatPlatform.Application.Common;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

/// <summary><c>ts_start</c> and <c>ts_end</c>, Unix seconds.</summary>
internal static class AggregatePeriod
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static Result<Period?> Of(long? start, long? end)
    {
        if (start is null)
        {
            return end is null ? (Period?)null : CommonErrors.Invalid("ts_start", "is required with ts_end");
        }

        if (start < Earliest || start > Latest)
        {
            return CommonErrors.Invalid("ts_start", "must be between the years 1 and 9999");
        }

        if (end < Earliest || end > Latest)
        {
            return CommonErrors.Invalid("ts_end", "must be between the years 1 and 9999");
        }

        if (end < start)
        {
            return CommonErrors.Invalid("ts_end", "must not be before ts_start");
        }

        return new Period(Time(start.Value), end is null ? null : Time(end.Value));
    }

    private static DateTime Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
}
