using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

public sealed class SmallestTests
{
    [Test]
    public async Task Only_what_it_takes_to_fail_stays()
    {
        var (items, failure) = await Smallest.FailingAsync([.. Enumerable.Range(0, 60)], "all of them", FailsAsync);

        Assert.That(items, Is.EqualTo([7, 41]));
        Assert.That(failure, Is.EqualTo("2 items"));

        static Task<string?> FailsAsync(IReadOnlyList<int> items) =>
            Task.FromResult(items.Contains(7) && items.Contains(41) ? $"{items.Count} items" : null);
    }
}
