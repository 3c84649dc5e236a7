using System.Diagnostics;
using NUnit.Framework;

namespace ChatPlatform.Testing;

/// <summary>Waits for a condition that background work fulfils, not for a fixed time.</summary>
public static class Wait
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    /// <param name="what">What the test waits for; shown on failure.</param>
    /// <param name="longest">30 seconds by default.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? longest = null)
    {
        var limit = longest ?? Default;
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > limit)
            {
                Assert.Fail($"Waited {limit.TotalSeconds} s for: {what}");
            }

            await Task.Delay(20);
        }
    }
}
