using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>
/// Scripts that mean harm, in the sandbox and, as far as it goes, without it. Whatever one does, it fails within its limit, and meanwhile
/// another application's calls are answered.
/// </summary>
/// <param name="sandbox">Whether bubblewrap confines the processes; where it cannot, those tests are reported as skipped.</param>
[TestFixture(true)]
[TestFixture(false)]
[Platform("Linux")]
public abstract class EscapeTest(bool sandbox) : FunctionTest
{
    private const string Answering = "exports.handleEvent = () => 'here';";
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

    /// <summary>Runs an attack while a neighbour calls, and expects the one to fail and the other not to notice.</summary>
    protected async Task<FunctionError> AttackAsync(string body, FunctionEnvironment? environment = null, double seconds = 5)
    {
        var neighbour = Request(Answering, environment: Environment() with { ApplicationId = Neighbour });
        Assert.That((await Runtime.InvokeAsync(neighbour, Api, CancellationToken.None)).Error, Is.Null);

        var started = TimeProvider.System.GetTimestamp();
        var attack = ErrorAsync($"exports.handleEvent = async (event, context) => {{ {body} }};", seconds, environment);
        Assert.That(
            (await Runtime.InvokeAsync(neighbour, Api, CancellationToken.None)).Error, Is.Null, "the neighbour is answered meanwhile");
        var error = await attack;

        // Until it begins, and from then on; and twice as long for a machine that has other things to do.
        Assert.That(TimeProvider.System.GetElapsedTime(started).TotalSeconds, Is.LessThan((4 * seconds) + 10), "it ends within its limit");
        Assert.That((await Runtime.InvokeAsync(neighbour, Api, CancellationToken.None)).Error, Is.Null, "and afterwards");
        await TestContext.Out.WriteLineAsync($"{error.Kind}: {error.Message}");
        return error;
    }
}
