using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Benchmarks.Functions;
using ChatPlatform.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Functions.Benchmark [seconds a measurement] [--Functions:UseSandbox=false …]: calls of functions, without a database or HTTP around them.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var length = TimeSpan.FromSeconds(args.FirstOrDefault() is { } first && int.TryParse(first, out var seconds) ? seconds : 5);
const string handler = "let calls = 0; exports.handleEvent = (event) => ({ calls: ++calls, length: event.message.body.length });";
const string asking = "exports.handleEvent = async (event, { ChatKitty }) => (await ChatKitty.Users.getUser(event.user)).id;";

var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddCommandLine(args).Build());
await using var provider = services.AddInfrastructure("Host=none").BuildServiceProvider();
var runtime = provider.GetRequiredService<IFunctionRuntime>();
var found = await runtime.LookAsync(CancellationToken.None);
if (!found.Available)
{
    Console.Error.WriteLine(found.Reason);
    return 1;
}

var api = new AnsweringApi();
var message = JsonSerializer.SerializeToElement(new { user = 7, message = new { body = new string('x', 200) } });
long application = 0;

var cold = new List<double>();
for (var i = 0; i < 20; i++)
{
    cold.Add(await TimeAsync(() => InvokeAsync(++application, handler)));
}

var bare = new List<double>();
for (var i = 0; i < 20; i++)
{
    bare.Add(await TimeAsync(StartNodeAsync));
}

Console.WriteLine($"| cold start, first call answered | p50 {Percentile(cold, 50):f0} ms, worst {cold.Max():f0} ms | `node -e 1` from PATH: p50 {Percentile(bare, 50):f0} ms |");

await MeasureAsync("warm, one call at a time", handler, callers: 1, applications: 1);
await MeasureAsync("warm, 8 calls at a time", handler, callers: 8, applications: 1);
await MeasureAsync("warm, 4 applications, 2 calls each", handler, callers: 8, applications: 4);
await MeasureAsync("warm, each asks the server once", asking, callers: 1, applications: 1);
await MeasureAsync("warm, each asks the server once, 8 at a time", asking, callers: 8, applications: 1);
return 0;

async Task MeasureAsync(string what, string script, int callers, int applications)
{
    var ids = Enumerable.Range(0, applications).Select(_ => ++application).ToArray();
    foreach (var id in ids)
    {
        await InvokeAsync(id, script);
    }

    var started = Stopwatch.StartNew();
    var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
    {
        var own = new List<double>();
        while (started.Elapsed < length)
        {
            own.Add(await TimeAsync(() => InvokeAsync(ids[caller % applications], script)));
        }

        return own;
    }));
    var all = times.SelectMany(own => own).ToList();
    var rate = all.Count / started.Elapsed.TotalSeconds;
    Console.WriteLine($"| {what} | {rate:n0}/s | p50 {Percentile(all, 50):f2} ms, p99 {Percentile(all, 99):f2} ms |");
}

async Task InvokeAsync(long id, string script)
{
    var environment = new FunctionEnvironment(id, 1, null, new Dictionary<string, string>(), null);
    var outcome = await runtime.InvokeAsync(
        new FunctionCall(environment, 1, 1, "benchmark", script, message, TimeSpan.FromSeconds(10)), api, CancellationToken.None);
    if (!outcome.Succeeded)
    {
        throw new InvalidOperationException(outcome.Error!.ToString());
    }
}

static async Task StartNodeAsync()
{
    using var process = Process.Start(new ProcessStartInfo("node", ["-e", "1"]))!;
    await process.WaitForExitAsync();
}

static async Task<double> TimeAsync(Func<Task> work)
{
    var started = Stopwatch.GetTimestamp();
    await work();
    return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}

static double Percentile(List<double> times, int percent) => times.Order().ElementAt(Math.Min(times.Count - 1, times.Count * percent / 100));
