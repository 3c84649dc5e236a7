using ChatPlatform.Application.Statistics;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Intervals as the fewest blocks of a rollup that cover them: runs of equal, adjoining blocks, and the ends that cut a slot, which are
/// counted from the messages themselves.
/// </summary>
internal sealed class BlockPlan
{
    private readonly List<Run> _runs = [];
    private readonly List<BucketInterval> _ends = [];
    private readonly List<Run> _whole = [];
    private readonly int[] _spans;
    private readonly int _watermark;

    private BlockPlan(int[] spans, int watermark) => (_spans, _watermark) = (spans, watermark);

    /// <summary>Blocks that begin in [<paramref name="First"/>, <paramref name="End"/>), in slots.</summary>
    internal readonly record struct Run(int Bucket, int Span, int First, int End);

    public IReadOnlyList<Run> Runs => _runs;

    public IReadOnlyList<BucketInterval> Ends => _ends;

    /// <summary>One interval, or none.</summary>
    /// <param name="firstSlot">
    /// Before the largest block that holds it nothing was folded yet: what is found there is counted from the messages, however long ago
    /// the interval begins.
    /// </param>
    public static BlockPlan Of(Interval? interval, int[] spans, int watermark, int firstSlot)
    {
        var plan = new BlockPlan(spans, watermark);
        if (interval is { } asked)
        {
            var folded = Slots.Begin(Math.Max(Slots.AlignDown(firstSlot, spans[^1]), Slots.Of(DateTime.MinValue)));
            var split = folded < asked.From ? asked.From : folded > asked.To ? asked.To : folded;
            plan.AddEnd(0, asked.From, split);
            plan.Add(0, new Interval(split, asked.To));
        }

        return plan;
    }

    /// <param name="intervals">Ascending, none overlapping another.</param>
    /// <param name="spans">Ascending, each dividing the next. Without blocks of one slot the ends are as long as the shortest block.</param>
    /// <param name="watermark">
    /// Blocks of more than a slot are used where they end by then. It may be older than the rollups: it only grows.
    /// </param>
    public static BlockPlan Of(IEnumerable<BucketInterval> intervals, int[] spans, int watermark)
    {
        var plan = new BlockPlan(spans, watermark);
        foreach (var (bucket, interval) in intervals)
        {
            plan.Add(bucket, interval);
        }

        return plan;
    }

    /// <summary>
    /// Adds the plan as parallel arrays: <c>bucket, span, first, end</c> of runs; <c>end_bucket, end_from, end_to</c> of ends;
    /// <c>whole_bucket, whole_from, whole_to</c> of the slots that the intervals hold whole, in the order of the intervals.
    /// </summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<int[]>("bucket", [.. _runs.Select(run => run.Bucket)]));
        parameters.Add(new NpgsqlParameter<int[]>("span", [.. _runs.Select(run => run.Span)]));
        parameters.Add(new NpgsqlParameter<int[]>("first", [.. _runs.Select(run => run.First)]));
        parameters.Add(new NpgsqlParameter<int[]>("end", [.. _runs.Select(run => run.End)]));
        parameters.Add(new NpgsqlParameter<int[]>("end_bucket", [.. _ends.Select(end => end.Bucket)]));
        parameters.Add(Parameters.Of("end_from", _ends.Select(end => end.Interval.From)));
        parameters.Add(Parameters.Of("end_to", _ends.Select(end => end.Interval.To)));
        parameters.Add(new NpgsqlParameter<int[]>("whole_bucket", [.. _whole.Select(whole => whole.Bucket)]));
        parameters.Add(new NpgsqlParameter<int[]>("whole_from", [.. _whole.Select(whole => whole.First)]));
        parameters.Add(new NpgsqlParameter<int[]>("whole_to", [.. _whole.Select(whole => whole.End)]));
    }

    private void Add(int bucket, Interval interval)
    {
        var (first, end) = (Slots.AtOrAfter(interval.From), Slots.Of(interval.To));
        if (first >= end)
        {
            AddEnd(bucket, interval.From, interval.To);
            return;
        }

        _whole.Add(new Run(bucket, 1, first, end));
        AddEnd(bucket, interval.From, Slots.Begin(first));
        Cover(bucket, first, end, _spans.Length - 1);
        AddEnd(bucket, Slots.Begin(end), interval.To);
    }

    private void Cover(int bucket, int first, int end, int level)
    {
        if (first >= end)
        {
            return;
        }

        if (level < 0)
        {
            AddEnd(bucket, Slots.Begin(first), Slots.Begin(end));
            return;
        }

        var span = _spans[level];
        var from = Slots.AlignUp(first, span);
        var to = Slots.AlignDown(span == 1 ? end : Math.Min(end, _watermark), span);
        if (from >= to)
        {
            Cover(bucket, first, end, level - 1);
            return;
        }

        Cover(bucket, first, from, level - 1);
        _runs.Add(new Run(bucket, span, from, to));
        Cover(bucket, to, end, level - 1);
    }

    private void AddEnd(int bucket, DateTime from, DateTime to)
    {
        if (from >= to)
        {
            return;
        }

        // With blocks of one slot none is as long as that, which is relied upon.
        if (_spans[0] > 1 && _ends.Count > 0 && _ends[^1].Bucket == bucket && _ends[^1].Interval.To == from)
        {
            (from, _) = _ends[^1].Interval;
            _ends.RemoveAt(_ends.Count - 1);
        }

        _ends.Add(new BucketInterval(bucket, new Interval(from, to)));
    }
}
