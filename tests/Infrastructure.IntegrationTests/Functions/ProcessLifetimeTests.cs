using System.Diagnostics;
using System.Globalization;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions;
using ChatPlatform.Infrastructure.IntegrationTests.Postgres;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Start and end of processes, and their effect on calls.</summary>
public sealed class ProcessLifetimeTests : FunctionTest
{
    private const string Counting = "let calls = 0; exports.handleEvent = () => ++calls;";
    private const string Asking = "exports.handleEvent = (event, { ChatKitty }) => ChatKitty.Users.wait();";

    private readonly TaskCompletionSource _never = new();

    protected override void Configure(FunctionOptions options)
    {
        options.ConcurrentCalls = 2;
        options.QueuedCalls = 1;
        options.Processes = 2;
        options.IdleTime = TimeSpan.FromMilliseconds(300);
        options.MaxBackOff = TimeSpan.FromMilliseconds(160);
    }

    [Test]
    public async Task Killed_process_fails_its_calls_and_the_next_call_starts_another()
    {
        Api.Respond = WaitAsync;
        var running = RunAsync(Asking);
        await CalledAsync(1);

        Process.GetProcessById(Pool.ProcessIdOf(Application)!.Value).Kill();

        var outcome = await running;
        Assert.That(outcome.Error?.Kind, Is.EqualTo(FunctionErrorKind.LimitExceeded));
        Assert.That(outcome.Error?.Message, Does.StartWith("The process exited unexpectedly"));
        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"));
    }

    [Test]
    [Platform("Linux")]
    public async Task Killing_a_process_leaves_no_children()
    {
        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"));
        var started = Pool.ProcessIdOf(Application)!.Value;
        var all = DescendantsOf(started).Append(started).ToList();

        Process.GetProcessById(started).Kill();

        await Wait.UntilAsync(() => Task.FromResult(!all.Exists(id => Directory.Exists($"/proc/{id}"))), "all of them have exited");
    }

    [Test]
    [Platform("Linux")]
    public async Task Processes_die_with_a_killed_server_even_in_a_loop()
    {
        using var server = await OwnerProcess.StartAsync(FunctionOwner.Argument);
        var started = int.Parse(server.ConnectionString, CultureInfo.InvariantCulture);
        var all = DescendantsOf(started).Append(started).ToList();

        await server.KillAsync();

        await Wait.UntilAsync(() => Task.FromResult(!all.Exists(id => Directory.Exists($"/proc/{id}"))), "all of them have exited");
    }

    [Test]
    public async Task Calls_beyond_the_queue_are_refused()
    {
        var release = new TaskCompletionSource();
        Api.Respond = async (_, _, ct) =>
        {
            await release.Task.WaitAsync(ct);
            return FakeApi.Value(1);
        };
        var running = new[] { RunAsync(Asking), RunAsync(Asking) };
        await CalledAsync(2);
        var waiting = RunAsync(Asking);

        var refused = await RunAsync(Asking);
        release.SetResult();

        Assert.That(refused.Error?.Kind, Is.EqualTo(FunctionErrorKind.Busy));
        Assert.That((await Task.WhenAll([.. running, waiting])).Select(outcome => outcome.Error), Is.All.Null);
    }

    [Test]
    public async Task Call_that_never_settles_does_not_fail_others()
    {
        var release = new TaskCompletionSource();
        Api.Respond = async (_, _, ct) =>
        {
            await release.Task.WaitAsync(ct);
            return FakeApi.Value("done");
        };
        var other = RunAsync(Asking);
        await CalledAsync(1);

        var late = await RunAsync("exports.handleEvent = () => new Promise(() => {});", seconds: 0.3);
        release.SetResult();

        Assert.That(late.Error?.Kind, Is.EqualTo(FunctionErrorKind.TimedOut));
        Assert.That((await other).Result.GetString(), Is.EqualTo("done"));
    }

    [Test]
    public async Task Cancelled_call_cancels_its_operations()
    {
        Task? operation = null;
        Api.Respond = async (_, _, ct) =>
        {
            operation = _never.Task.WaitAsync(ct);
            await operation;
            return FakeApi.Value(1);
        };
        using var caller = new CancellationTokenSource();
        var running = Runtime.InvokeAsync(Request(Asking), Api, caller.Token);
        await CalledAsync(1);

        await caller.CancelAsync();

        Assert.That((await Task.WhenAny(running)).IsCanceled);
        await Wait.UntilAsync(() => Task.FromResult(operation!.IsCanceled), "the operation is cancelled");
        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"));
    }

    [Test]
    public async Task Idle_process_is_ended()
    {
        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"));

        await Wait.UntilAsync(() => Task.FromResult(Pool.ProcessIdOf(Application) is null), "the process is ended");

        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"), "the state is lost");
    }

    [Test]
    public async Task Idle_processes_make_room_for_others()
    {
        for (var application = 0; application < 4; application++)
        {
            var environment = Environment() with { ApplicationId = 2_000_000 + application };
            Assert.That(await ResultAsync(Counting, environment: environment), Is.EqualTo("1"));
        }
    }

    [Test]
    public async Task Process_beyond_the_limit_is_refused_while_none_is_idle()
    {
        Api.Respond = WaitAsync;
        using var caller = new CancellationTokenSource();
        Task<FunctionOutcome> RunFor(long application) => Runtime.InvokeAsync(
            Request(Asking, environment: Environment() with { ApplicationId = application }, seconds: 600), Api, caller.Token);
        var running = new[] { RunFor(3_000_001), RunFor(3_000_002) };
        await CalledAsync(2);

        var refused = await RunFor(3_000_003);
        await caller.CancelAsync();

        Assert.That(refused.Error?.Kind, Is.EqualTo(FunctionErrorKind.Busy));
        Assert.That(refused.Error?.Message, Is.EqualTo("2 applications are running functions already."));
        foreach (var call in running)
        {
            Assert.That((await Task.WhenAny(call)).IsCanceled);
        }
    }

    [Test]
    public async Task Process_that_keeps_dying_restarts_after_growing_delays()
    {
        using var rig = FunctionRig.Build(options => options.MaxBackOff = TimeSpan.FromSeconds(1.6));
        var dying = Request("exports.handleEvent = () => { require('fs').writeSync(1, 'no frame'); };");
        var started = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 5; i++)
        {
            var outcome = await rig.Runtime.InvokeAsync(dying, Api, CancellationToken.None);
            Assert.That(outcome.Error?.Kind, Is.EqualTo(FunctionErrorKind.LimitExceeded));
        }

        Assert.That(TimeProvider.System.GetElapsedTime(started).TotalSeconds, Is.GreaterThan(0.1 + 0.2 + 0.4));
        Assert.That((await rig.Runtime.InvokeAsync(Request(Counting), Api, CancellationToken.None)).Result.ToString(), Is.EqualTo("1"));
    }

    [Test]
    public async Task Failed_operation_hides_its_details()
    {
        Api.Respond = (_, _, _) => throw new InvalidOperationException("Host=10.0.0.1;Password=secret");

        var error = await ErrorAsync(Asking);

        Assert.That(error.Message, Is.EqualTo("The operation failed on the server."));
    }

    [Test]
    public async Task Slow_initialization_is_ended()
    {
        using var rig = FunctionRig.Build(options => options.StartTime = TimeSpan.FromMilliseconds(700));

        var outcome = await rig.Runtime.InvokeAsync(
            Request(Counting, environment: Environment("await new Promise(() => {});")), Api, CancellationToken.None);

        Assert.That(outcome.Error?.Kind, Is.EqualTo(FunctionErrorKind.TimedOut));
    }

    private async Task<ApiResponse> WaitAsync(string method, System.Text.Json.JsonElement arguments, CancellationToken ct)
    {
        await _never.Task.WaitAsync(ct);
        return FakeApi.Value(1);
    }

    private Task CalledAsync(int times) => Wait.UntilAsync(() => Task.FromResult(Api.Calls.Count == times), "the handlers make calls");

    private static IEnumerable<int> DescendantsOf(int id) =>
        File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)
            .SelectMany(child => DescendantsOf(child).Append(child));
}
