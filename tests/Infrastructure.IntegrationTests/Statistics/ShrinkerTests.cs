using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

public sealed class ShrinkerTests
{
    [Test]
    public async Task Items_that_are_not_needed_to_fail_are_removed()
    {
        var (items, failure) = await Shrinker.ShrinkAsync([.. Enumerable.Range(0, 60)], "all of them", FailsAsync);

        Assert.That(items, Is.EqualTo([7, 41]));
        Assert.That(failure, Is.EqualTo("2 items"));

        static Task<string?> FailsAsync(IReadOnlyList<int> items) =>
            Task.FromResult(items.Contains(7) && items.Contains(41) ? $"{items.Count} items" : null);
    }
}
