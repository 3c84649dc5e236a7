namespace ChatPlatform.Infrastructure.Demo;

/// <summary>When users write: a weight for each hour of the day (UTC), and a factor for weekends.</summary>
internal sealed record DemoRhythm(double[] Hours, double Weekend)
{
    public static readonly DemoRhythm Work =
        new([0, 0, 0, 0, 0, .1, .4, 2, 5, 7, 7, 6, 3, 5, 7, 6, 5, 3, 1, .5, .3, .2, .1, 0], 0.1);

    public static readonly DemoRhythm Leisure =
        new([1, .4, .2, .1, .1, .2, .5, 1, 1, 1, 1.2, 1.5, 2.5, 1.5, 1.2, 1.5, 2, 3, 4.5, 6, 7, 6, 4, 2], 1.6);

    public static readonly DemoRhythm AllDay =
        new([.6, .3, .2, .1, .1, .3, 1, 2.5, 4, 5, 5, 4.5, 4, 4, 4.5, 4.5, 4, 4, 4, 4.5, 4.5, 3.5, 2, 1], 0.6);

    private readonly double _sum = Hours.Sum();

    /// <summary>Number of conversations on a day; <paramref name="mean"/> is the average on weekdays.</summary>
    public int Conversations(Random random, DateTime day, double mean)
    {
        var expected = mean * (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : 1) * (0.6 + 0.8 * random.NextDouble());
        return (int)expected + (random.NextDouble() < expected % 1 ? 1 : 0);
    }

    /// <summary>A random time of the day, more often in busy hours.</summary>
    public DateTime Moment(Random random, DateTime day)
    {
        var left = random.NextDouble() * _sum;
        var hour = 0;
        while (hour < Hours.Length - 1 && left >= Hours[hour])
        {
            left -= Hours[hour++];
        }

        return day.AddHours(hour).AddSeconds(random.Next(3_600)).AddMilliseconds(random.Next(1_000));
    }
}
