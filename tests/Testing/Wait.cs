using System.Diagnostics;
using NUnit.Framework;

namespace ChatPlatform.Testing;

/// <summary>Waits for what happens in the background: until it has happened, not for a time.</summary>
public static class Wait
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    /// <param name="what">What is waited for, for the message when it never comes.</param>
    /// <param name="longest">Half a minute, unless more is asked for.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? longest = null)
    {
        var limit = longest ?? Usual;
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > limit)
            {
                Assert.Fail($"Waited {limit.TotalSeconds} s in vain: {what}");
            }

            await Task.Delay(20);
        }
    }
}
