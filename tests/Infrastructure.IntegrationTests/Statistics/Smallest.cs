namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

internal static class Smallest
{
    private const int MostTries = 200;

    /// <summary>The fewest items, in their order, that still fail: leaves out halves, then quarters, down to single ones.</summary>
    /// <param name="fails">Why the items fail; null when they do not.</param>
    public static async Task<(IReadOnlyList<T> Items, string Failure)> FailingAsync<T>(
        IReadOnlyList<T> items, string failure, Func<IReadOnlyList<T>, Task<string?>> fails)
    {
        var tries = 0;
        for (var size = items.Count / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= items.Count && tries++ < MostTries;)
            {
                var rest = items.Take(at).Concat(items.Skip(at + size)).ToList();
                if (await fails(rest) is { } again)
                {
                    (items, failure) = (rest, again);
                }
                else
                {
                    at += size;
                }
            }
        }

        return (items, failure);
    }
}
