using ChatPlatform.Domain.Common;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Common;

public sealed class ExternalTimeTests
{
    private static readonly DateTime Now = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    [TestCase(-62135596800, 0)]
    [TestCase(long.MinValue, 0)]
    [TestCase(0, 0)]
    [TestCase(1_781_524_860, 1_781_524_860, Description = "one minute ahead")]
    [TestCase(1_781_524_861, 1_781_524_800)]
    [TestCase(253402300799, 1_781_524_800)]
    [TestCase(long.MaxValue, 1_781_524_800)]
    public void Seconds_out_of_range_become_1970_or_now(long seconds, long expected) =>
        Assert.That(ExternalTime.FromUnixSeconds(seconds, Now), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(expected)));

    [TestCase("1969-12-31T23:59:59", false)]
    [TestCase("1970-01-01", true)]
    [TestCase("2026-06-15T12:01:00", true)]
    [TestCase("2026-06-15T12:01:01", false)]
    public void Times_lie_between_1970_and_one_minute_ahead(DateTime time, bool isPlausible) =>
        Assert.That(ExternalTime.IsPlausible(time, Now), Is.EqualTo(isPlausible));
}
