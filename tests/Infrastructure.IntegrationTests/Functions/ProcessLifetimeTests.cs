using System.Diagnostics;
using System.Globalization;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions;
using ChatPlatform.Infrastructure.IntegrationTests.Postgres;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>How processes come and go, and what becomes of the calls in them.</summary>
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
    public async Task Killed_process_fails_the_calls_in_it_and_the_next_call_gets_another()
    {
        Api.Respond = WaitAsync;
        var running = RunAsync(Asking);
        await CalledAsync(1);

        Process.GetProcessById(Pool.ProcessIdOf(Application)!.Value).Kill();

        var outcome = await running;
        Assert.That(outcome.Error?.Kind, Is.EqualTo(FunctionErrorKind.LimitExceeded));
        Assert.That(outcome.Error?.Message, Does.StartWith("The process ended by itself"));
        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"));
    }

    [Test]
    [Platform("Linux")]
    public async Task Killing_what_was_started_leaves_nothing_of_it()
    {
        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"));
        var started = Pool.ProcessIdOf(Application)!.Value;
        var all = Below(started).Append(started).ToList();

        Process.GetProcessById(started).Kill();

        await Wait.UntilAsync(() => Task.FromResult(!all.Exists(id => Directory.Exists($"/proc/{id}"))), "all of them are gone");
    }

    [Test]
    [Platform("Linux")]
    public async Task Processes_die_with_a_killed_server_even_in_a_loop()
    {
        using var server = await OwnerProcess.StartAsync(FunctionOwner.Argument);
        var started = int.Parse(server.ConnectionString, CultureInfo.InvariantCulture);
        var all = Below(started).Append(started).ToList();

        await server.KillAsync();

        await Wait.UntilAsync(() => Task.FromResult(!all.Exists(id => Directory.Exists($"/proc/{id}"))), "all of them are gone");
    }

    [Test]
    public async Task Calls_beyond_the_queue_are_turned_away()
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
    public async Task Call_that_never_settles_fails_alone_and_others_end_in_peace()
    {
        var release = new TaskCompletionSource();
        Api.Respond = async (_, _, ct) =>
        {
            await release.Task.WaitAsync(ct);
            return FakeApi.Value("in peace");
        };
        var other = RunAsync(Asking);
        await CalledAsync(1);

        var late = await RunAsync("exports.handleEvent = () => new Promise(() => {});", seconds: 0.3);
        release.SetResult();

        Assert.That(late.Error?.Kind, Is.EqualTo(FunctionErrorKind.TimedOut));
        Assert.That((await other).Result.GetString(), Is.EqualTo("in peace"));
    }

    [Test]
    public async Task Cancelled_call_is_over_and_its_operations_too()
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
    public async Task Process_without_calls_is_ended()
    {
        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"));

        await Wait.UntilAsync(() => Task.FromResult(Pool.ProcessIdOf(Application) is null), "the process is ended");

        Assert.That(await ResultAsync(Counting), Is.EqualTo("1"), "state is gone");
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
    public async Task Processes_beyond_those_of_all_applications_are_refused_while_none_is_idle()
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
        Assert.That(refused.Error?.Message, Is.EqualTo("2 applications run functions already."));
        foreach (var call in running)
        {
            Assert.That((await Task.WhenAny(call)).IsCanceled);
        }
    }

    [Test]
    public async Task Process_that_keeps_dying_is_started_again_after_growing_waits()
    {
        using var rig = FunctionRig.Build(options => options.MaxBackOff = TimeSpan.FromSeconds(1.6));
        var dying = Request("exports.handleEvent = () => { require('fs').writeSync(1, 'no frame'); };");
        var started = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 5; i++)
        {
            Assert.That((await rig.Runtime.InvokeAsync(dying, Api, CancellationToken.None)).Error?.Kind, Is.EqualTo(FunctionErrorKind.LimitExceeded));
        }

        Assert.That(TimeProvider.System.GetElapsedTime(started).TotalSeconds, Is.GreaterThan(0.1 + 0.2 + 0.4));
        Assert.That((await rig.Runtime.InvokeAsync(Request(Counting), Api, CancellationToken.None)).Result.ToString(), Is.EqualTo("1"));
    }

    [Test]
    public async Task Operation_that_breaks_is_told_without_its_inside()
    {
        Api.Respond = (_, _, _) => throw new InvalidOperationException("Host=10.0.0.1;Password=secret");

        var error = await ErrorAsync(Asking);

        Assert.That(error.Message, Is.EqualTo("The server could not do it."));
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

    private Task CalledAsync(int times) => Wait.UntilAsync(() => Task.FromResult(Api.Calls.Count == times), "the handlers ask");

    private static IEnumerable<int> Below(int id) =>
        File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)
            .SelectMany(child => Below(child).Append(child));
}
