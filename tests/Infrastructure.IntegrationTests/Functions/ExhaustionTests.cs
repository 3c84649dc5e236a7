using ChatPlatform.Application.Functions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Scripts that exhaust time, memory, processes or output.</summary>
public sealed class ExhaustionTests(bool sandbox) : EscapeTest(sandbox)
{
    [TestCase("while (true);")]
    [TestCase("for (;;) await null;")]
    [TestCase("const again = () => process.nextTick(again); again(); await new Promise(() => {});")]
    [TestCase("await new Promise(() => {});")]
    [TestCase("for (;;) await new Promise((done) => setTimeout(done, 1));")]
    [TestCase("/^(a+)+$/.test('a'.repeat(50) + '!');")]
    [TestCase("return { then() { } };")]
    [TestCase("return { toJSON() { while (true); } };")]
    [TestCase("throw { get message() { while (true); } };")]
    public async Task Time(string body) => Assert.That((await AttackAsync(body, seconds: 1)).Kind, Is.EqualTo(FunctionErrorKind.TimedOut));

    [TestCase("const all = []; for (;;) all.push(new Array(100000).fill(1.5));")]
    [TestCase("const all = []; for (;;) all.push({ all, more: 'x'.repeat(1000) + all.length });")]
    [TestCase("const all = []; for (;;) { all.push(new Uint8Array(1 << 22).fill(1)); await null; }")]
    [TestCase("const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 'x'));")]
    [TestCase("const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); "
        + "for (;;) { memory.grow(64); new Uint8Array(memory.buffer).fill(1); }")]
    [TestCase("const shared = []; for (;;) shared.push(new Uint8Array(new SharedArrayBuffer(1 << 22)).fill(1));")]
    [TestCase("new Uint8Array(2 ** 32).fill(1);")]
    [TestCase("let text = 'x'; for (;;) { text += text; Buffer.from(text); }")]
    public async Task Memory(string body) =>
        Assert.That((await AttackAsync(body)).Kind, Is.EqualTo(FunctionErrorKind.LimitExceeded).Or.EqualTo(FunctionErrorKind.Thrown));

    [TestCase("for (;;) console.log('x'.repeat(1000));")]
    [TestCase("const text = 'x'.repeat(1 << 20); for (;;) process.stdout.write(text);")]
    [TestCase("return 'x'.repeat(1 << 20);")]
    [TestCase("return new Array(1 << 20).fill(0);")]
    [TestCase("for (;;) context.ChatKitty.Users.listUsers();")]
    public async Task Output(string body) =>
        Assert.That((await AttackAsync(body)).Kind, Is.EqualTo(FunctionErrorKind.LimitExceeded));

    [TestCase("for (;;) require('child_process').spawn(process.execPath, ['-e', 'for (;;);']);")]
    [TestCase("for (;;) new (require('worker_threads').Worker)('for (;;);', { eval: true });")]
    [TestCase("for (;;) require('cluster').fork();")]
    public async Task Processes(string body) =>
        Assert.That((await AttackAsync(body)).Message, Does.Contain("is not available to functions"));

    [Test]
    public async Task Open_files()
    {
        Assume.That(Sandbox, "Outside the sandbox, a script knows no file that it may open.");

        var error = await AttackAsync("const all = []; for (;;) all.push(require('fs').openSync('/runtime/main.mjs'));");

        Assert.That(error.Message, Does.StartWith("EMFILE"));
    }

    [Test]
    public async Task Processor()
    {
        using var rig = FunctionRig.Build(options =>
        {
            Configure(options);
            options.CpuTime = TimeSpan.FromMilliseconds(500);
        });

        var outcome = await rig.Runtime.InvokeAsync(Request("exports.handleEvent = () => { while (true); };"), Api, CancellationToken.None);

        Assert.That(outcome.Error?.Kind, Is.EqualTo(FunctionErrorKind.LimitExceeded));
        Assert.That(outcome.Error?.Message, Does.Contain("0.5 s of processor time"));
    }

    [Test]
    public async Task Depth() => Assert.That((await AttackAsync("const dive = () => dive() + 1; dive();")).Name, Is.EqualTo("RangeError"));

    [Test]
    public async Task Leftover_of_a_call_does_not_block_later_calls()
    {
        await RunAsync("exports.handleEvent = () => { setTimeout(() => { while (true); }, 1); };");

        var next = await RunAsync("exports.handleEvent = () => new Promise((done) => setTimeout(() => done(1), 20));", seconds: 1);

        // It times out if it had begun, and otherwise moves to another process.
        Assert.That(next.Succeeded || next.Error!.Kind == FunctionErrorKind.TimedOut, next.Error?.ToString());
        Assert.That(await ResultAsync("exports.handleEvent = () => 2;"), Is.EqualTo("2"));
    }

    [Test]
    public async Task Calls_that_had_not_begun_move_to_the_next_process()
    {
        Assert.That(await ResultAsync("exports.handleEvent = () => 1;"), Is.EqualTo("1"));
        var blocking = RunAsync("exports.handleEvent = () => { while (true); };", seconds: 1);
        var behind = Enumerable.Range(0, 4).Select(number => RunAsync($"exports.handleEvent = () => {number};", seconds: 5)).ToList();

        Assert.That((await blocking).Error?.Kind, Is.EqualTo(FunctionErrorKind.TimedOut));
        Assert.That((await Task.WhenAll(behind)).Select(outcome => outcome.Error), Is.All.Null);
    }
}
