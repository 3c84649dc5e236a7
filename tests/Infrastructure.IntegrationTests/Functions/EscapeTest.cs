using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>
/// Malicious scripts, with and without a sandbox. Each fails within its limit, and another application's calls succeed meanwhile.
/// </summary>
/// <param name="sandbox">Whether processes run in bubblewrap; without it these tests are skipped.</param>
[TestFixture(true)]
[TestFixture(false)]
[Platform("Linux")]
public abstract class EscapeTest(bool sandbox) : FunctionTest
{
    private const string NeighbourScript = "exports.handleEvent = () => 'here';";
    private const long Neighbour = 1_000_000;

    protected bool Sandbox => sandbox;

    protected override void Configure(FunctionOptions options)
    {
        options.RequireSandbox = options.UseSandbox = sandbox;
        options.MemoryMegabytes = 64;
        options.CpuTime = TimeSpan.FromSeconds(5);
        options.MaxBackOff = TimeSpan.FromMilliseconds(16);
    }

    protected override void SkipWithout(string reason)
    {
        if (sandbox && reason.Contains("bubblewrap"))
        {
            Assert.Ignore(reason);
        }

        base.SkipWithout(reason);
    }

    /// <summary>Runs an attack that must fail, and calls of a neighbour that must succeed.</summary>
    protected async Task<FunctionError> AttackAsync(string body, FunctionEnvironment? environment = null, double seconds = 5)
    {
        var neighbour = Request(NeighbourScript, environment: Environment() with { ApplicationId = Neighbour });
        Assert.That((await Runtime.InvokeAsync(neighbour, Api, CancellationToken.None)).Error, Is.Null);

        var started = TimeProvider.System.GetTimestamp();
        var attack = ErrorAsync($"exports.handleEvent = async (event, context) => {{ {body} }};", seconds, environment);
        Assert.That(
            (await Runtime.InvokeAsync(neighbour, Api, CancellationToken.None)).Error, Is.Null, "a neighbour's call succeeds meanwhile");
        var error = await attack;

        // The limit holds until the start and again from then on; doubled for a busy machine.
        Assert.That(TimeProvider.System.GetElapsedTime(started).TotalSeconds, Is.LessThan((4 * seconds) + 10), "it ends within its limit");
        Assert.That((await Runtime.InvokeAsync(neighbour, Api, CancellationToken.None)).Error, Is.Null, "and afterwards");
        await TestContext.Out.WriteLineAsync($"{error.Kind}: {error.Message}");
        return error;
    }
}
