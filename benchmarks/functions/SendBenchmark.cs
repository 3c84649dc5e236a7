using System.Collections.Concurrent;
using System.Globalization;

namespace ChatPlatform.Benchmarks.Functions;

/// <summary>Sending over HTTP to a real server, alternately with and without functions.</summary>
internal static class SendBenchmark
{
    private const int Turns = 4;
    private const int Senders = 4;
    private const int Attackers = 2;

    /// <summary>The cost of a blocking function that allows every message.</summary>
    public static async Task<int> BesideHookAsync(TimeSpan length, string[] settings)
    {
        await using var server = await Server.StartAsync(settings);
        var send = await SenderAsync(server);
        var hook = await server.DeployAsync("user.attempted.send_message", "async function handleEvent({ message }) {}");
        Console.WriteLine("| | without a hook | with one | difference at p50, p99 | ratio of rates |\n|---|---|---|---|---|");
        foreach (var senders in new[] { 1, Senders })
        {
            var (without, with) = (new Measurements(), new Measurements());
            await new Measurements().AddAsync(length, senders, send);
            for (var turn = 0; turn < Turns; turn++)
            {
                await server.EnableAsync(hook, false);
                await without.AddAsync(length, senders, send);
                await server.EnableAsync(hook, true);
                await send(0);
                await with.AddAsync(length, senders, send);
            }

            Console.WriteLine(
                $"| {senders} connections | {without} | {with} "
                + $"| {with.Percentile(50) - without.Percentile(50):f2} ms, {with.Percentile(99) - without.Percentile(99):f2} ms "
                + $"| {with.Rate / without.Rate:f2} |");
        }

        return 0;
    }

    /// <summary>The effect of malicious scripts, which two callers run at the same time.</summary>
    public static async Task<int> BesideCorpusAsync(TimeSpan length, string[] settings)
    {
        await using var server = await Server.StartAsync([.. settings, "--Functions:Limit=00:00:02", "--Functions:MaxBackOff=00:00:00.1"]);
        var send = await SenderAsync(server);
        var function = await server.DeployAsync("user.sent.call_invite", "function handleEvent() {}");
        var ends = new ConcurrentDictionary<string, int>();
        var (without, beside) = (new Measurements(), new Measurements());
        await new Measurements().AddAsync(length, Senders, send);
        for (var turn = 0; turn < Turns; turn++)
        {
            await without.AddAsync(length, Senders, send);
            using var over = new CancellationTokenSource();
            var attacks = Enumerable.Range(0, Attackers)
                .Select(attacker => AttackAsync(server, function, turn + attacker, ends, over.Token)).ToList();
            await beside.AddAsync(length * 2, Senders, send);
            await over.CancelAsync();
            await Task.WhenAll(attacks);
        }

        Console.WriteLine("| | without attacks | during attacks | ratio |\n|---|---|---|---|");
        Console.WriteLine($"| sending, {Senders} connections | {without} | {beside} | rate {beside.Rate / without.Rate:f2}, "
            + $"p99 {beside.Percentile(99) / without.Percentile(99):f1} |");
        Console.WriteLine($"\n{ends.Values.Sum()} attacks ended: "
            + string.Join(", ", ends.OrderBy(end => end.Key).Select(end => $"{end.Value} {end.Key}")));
        return ends.Keys.Any(end => end is "SUCCEEDED" or "UNAVAILABLE") ? 1 : 0;
    }

    private static async Task AttackAsync(
        Server server, long function, int first, ConcurrentDictionary<string, int> ends, CancellationToken over)
    {
        for (var next = first * AttackCorpus.Bodies.Length / Attackers; !over.IsCancellationRequested; next++)
        {
            var attack = AttackCorpus.Bodies[next % AttackCorpus.Bodies.Length];
            var handlerScript = $"exports.handleEvent = async (event, context) => {{ {attack} }};";
            var run = await server.PostAsync($"/v1/functions/{function}/test", new { handlerScript });
            ends.AddOrUpdate((string?)run["error"]?["kind"] ?? (string)run["status"]!, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Each sender is a user with its own channel.</summary>
    private static async Task<Func<int, Task>> SenderAsync(Server server)
    {
        var (users, channels) = (new long[Senders], new long[Senders]);
        for (var i = 0; i < Senders; i++)
        {
            users[i] = (long)(await server.PostAsync("/v1/users", new { name = $"sender{i}", displayName = "Sender" }))["id"]!;
            channels[i] = (long)(await server.PostAsync(
                "/v1/channels", new { type = "PUBLIC", name = $"channel{i}", creator = new { id = users[i] } }))["id"]!;
        }

        return sender => server.PostAsync(
            string.Create(CultureInfo.InvariantCulture, $"/v1/channels/{channels[sender]}/messages"),
            new { type = "TEXT", body = "a message of a usual length, with no meaning", user = new { id = users[sender] } });
    }
}
