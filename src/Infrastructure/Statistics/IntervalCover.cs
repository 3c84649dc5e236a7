using ChatPlatform.Application.Statistics;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Covers the intervals of a report with the fewest rollup buckets: ranges of adjoining buckets of one resolution. The remaining partial
/// buckets are counted from the messages.
/// </summary>
internal sealed class IntervalCover
{
    private readonly List<BucketRange> _ranges = [];
    private readonly List<PointInterval> _partialBuckets = [];
    private readonly List<BucketRange> _fullBuckets = [];
    private readonly int[] _resolutions;
    private readonly int _watermark;

    private IntervalCover(int[] resolutions, int watermark) => (_resolutions, _watermark) = (resolutions, watermark);

    /// <summary>Buckets that start in [<paramref name="First"/>, <paramref name="End"/>).</summary>
    private readonly record struct BucketRange(int Point, int Resolution, int First, int End);

    /// <summary>Covers one interval, or none.</summary>
    /// <param name="firstBucket">Nothing folded lies before it, so the time before it is one partial bucket.</param>
    public static IntervalCover Of(Interval? interval, int[] resolutions, int watermark, int firstBucket)
    {
        var cover = new IntervalCover(resolutions, watermark);
        if (interval is { } asked)
        {
            var earliest = BucketGrid.BucketOf(DateTime.MinValue);
            var folded = BucketGrid.StartOf(Math.Max(BucketGrid.AlignDown(firstBucket, resolutions[^1]), earliest));
            var split = folded < asked.From ? asked.From : folded > asked.To ? asked.To : folded;
            cover.AddPartialBucket(0, asked.From, split);
            cover.Add(0, new Interval(split, asked.To));
        }

        return cover;
    }

    /// <param name="intervals">Ascending, without overlaps.</param>
    /// <param name="resolutions">Ascending, each dividing the next. The finest one bounds the length of partial buckets.</param>
    /// <param name="watermark">Coarser buckets are used if they end at or before it. It may be outdated, because it only grows.</param>
    public static IntervalCover Of(IEnumerable<PointInterval> intervals, int[] resolutions, int watermark)
    {
        var cover = new IntervalCover(resolutions, watermark);
        foreach (var (point, interval) in intervals)
        {
            cover.Add(point, interval);
        }

        return cover;
    }

    /// <summary>Adds the parameters that <c>ChannelMessageCounts.sql</c> describes, as parallel arrays.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<int[]>("range_point", [.. _ranges.Select(range => range.Point)]));
        parameters.Add(new NpgsqlParameter<int[]>("range_resolution", [.. _ranges.Select(range => range.Resolution)]));
        parameters.Add(new NpgsqlParameter<int[]>("range_first", [.. _ranges.Select(range => range.First)]));
        parameters.Add(new NpgsqlParameter<int[]>("range_end", [.. _ranges.Select(range => range.End)]));
        parameters.Add(new NpgsqlParameter<int[]>("partial_point", [.. _partialBuckets.Select(partial => partial.Point)]));
        parameters.Add(Parameters.Timestamps("partial_from", _partialBuckets.Select(partial => partial.Interval.From)));
        parameters.Add(Parameters.Timestamps("partial_to", _partialBuckets.Select(partial => partial.Interval.To)));
        parameters.Add(new NpgsqlParameter<int[]>("full_point", [.. _fullBuckets.Select(full => full.Point)]));
        parameters.Add(new NpgsqlParameter<int[]>("full_from", [.. _fullBuckets.Select(full => full.First)]));
        parameters.Add(new NpgsqlParameter<int[]>("full_to", [.. _fullBuckets.Select(full => full.End)]));
    }

    private void Add(int point, Interval interval)
    {
        var (first, end) = (BucketGrid.BucketAtOrAfter(interval.From), BucketGrid.BucketOf(interval.To));
        if (first >= end)
        {
            AddPartialBucket(point, interval.From, interval.To);
            return;
        }

        _fullBuckets.Add(new BucketRange(point, Resolution.QuarterHour, first, end));
        AddPartialBucket(point, interval.From, BucketGrid.StartOf(first));
        Cover(point, first, end, _resolutions.Length - 1);
        AddPartialBucket(point, BucketGrid.StartOf(end), interval.To);
    }

    private void Cover(int point, int first, int end, int level)
    {
        if (first >= end)
        {
            return;
        }

        if (level < 0)
        {
            AddPartialBucket(point, BucketGrid.StartOf(first), BucketGrid.StartOf(end));
            return;
        }

        var resolution = _resolutions[level];
        var from = BucketGrid.AlignUp(first, resolution);
        var to = BucketGrid.AlignDown(resolution == Resolution.QuarterHour ? end : Math.Min(end, _watermark), resolution);
        if (from >= to)
        {
            Cover(point, first, end, level - 1);
            return;
        }

        Cover(point, first, from, level - 1);
        _ranges.Add(new BucketRange(point, resolution, from, to));
        Cover(point, to, end, level - 1);
    }

    private void AddPartialBucket(int point, DateTime from, DateTime to)
    {
        if (from >= to)
        {
            return;
        }

        // ActiveBits.sql requires partial buckets shorter than 15 minutes, so they are merged only for rollups of days.
        if (_resolutions[0] > Resolution.QuarterHour && _partialBuckets is [.., var last]
            && last.Point == point && last.Interval.To == from)
        {
            from = last.Interval.From;
            _partialBuckets.RemoveAt(_partialBuckets.Count - 1);
        }

        _partialBuckets.Add(new PointInterval(point, new Interval(from, to)));
    }
}
