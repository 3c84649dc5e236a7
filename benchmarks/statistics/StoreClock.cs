namespace ChatPlatform.Benchmarks.Statistics;

/// <summary>Stands at the end of the generated history.</summary>
internal sealed class StoreClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(Store.Now);
}
