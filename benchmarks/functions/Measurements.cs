using System.Diagnostics;

namespace ChatPlatform.Benchmarks.Functions;

/// <summary>Durations of calls in milliseconds, and the total elapsed time.</summary>
internal sealed class Measurements
{
    private readonly List<double> _times = [];
    private TimeSpan _elapsed;

    public double Rate => _times.Count / _elapsed.TotalSeconds;

    public double Worst => _times.Max();

    public double Percentile(int percent) => _times.Order().ElementAt(Math.Min(_times.Count - 1, _times.Count * percent / 100));

    /// <summary>Repeats the work with concurrent callers until <paramref name="length"/> has elapsed.</summary>
    public async Task AddAsync(TimeSpan length, int callers, Func<int, Task> work)
    {
        var started = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var own = new List<double>();
            while (started.Elapsed < length)
            {
                own.Add(await TimeAsync(() => work(caller)));
            }

            return own;
        }));
        _elapsed += started.Elapsed;
        _times.AddRange(all.SelectMany(own => own));
    }

    public async Task AddAsync(int times, Func<Task> work)
    {
        for (var i = 0; i < times; i++)
        {
            _times.Add(await TimeAsync(work));
        }
    }

    public override string ToString() => $"{Rate:n0}/s (p50 {Percentile(50):f2} ms, p99 {Percentile(99):f2} ms)";

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
