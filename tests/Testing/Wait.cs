using System.Diagnostics;
using NUnit.Framework;

namespace ChatPlatform.Testing;

/// <summary>Waits for what happens in the background: until it has happened, not for a time.</summary>
public static class Wait
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="what">What is waited for, for the message when it never comes.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Longest)
            {
                Assert.Fail($"Waited {Longest.TotalSeconds} s in vain: {what}");
            }

            await Task.Delay(20);
        }
    }
}
