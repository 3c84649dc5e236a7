namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

internal static class Shrinker
{
    private const int MaxAttempts = 200;

    /// <summary>Reduces a failing list: removes halves, then quarters, down to single items, while the rest still fails.</summary>
    /// <param name="fails">Returns the failure; null if there is none.</param>
    public static async Task<(IReadOnlyList<T> Items, string Failure)> ShrinkAsync<T>(
        IReadOnlyList<T> items, string failure, Func<IReadOnlyList<T>, Task<string?>> fails)
    {
        var attempts = 0;
        for (var size = items.Count / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= items.Count && attempts++ < MaxAttempts;)
            {
                var rest = items.Take(start).Concat(items.Skip(start + size)).ToList();
                if (await fails(rest) is { } reduced)
                {
                    (items, failure) = (rest, reduced);
                }
                else
                {
                    start += size;
                }
            }
        }

        return (items, failure);
    }
}
