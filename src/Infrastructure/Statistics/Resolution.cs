namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Lengths of rollup buckets, in buckets of 15 minutes. Each divides the next.</summary>
internal static class Resolution
{
    public const int QuarterHour = 1;
    public const int Hour = 4;
    public const int SixHours = 6 * Hour;
    public const int Day = 24 * Hour;
    public const int FourDays = 4 * Day;
    public const int SixteenDays = 16 * Day;
    public const int SixtyFourDays = 64 * Day;
}
