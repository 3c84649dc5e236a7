using ChatPlatform.Application.Functions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Scripts that write to the pipe or patch built-ins.</summary>
public sealed class ForgeryTests(bool sandbox) : EscapeTest(sandbox)
{
    private const string Frame = """
        const send = (text) => {
          const body = Buffer.from(text);
          const head = Buffer.alloc(4);
          head.writeUInt32BE(body.length);
          require('fs').writeSync(1, Buffer.concat([head, body]));
        };
        """;

    [TestCase("require('fs').writeSync(1, 'anything at all');")]
    [TestCase("require('fs').writeSync(1, Buffer.from([0x7f, 0xff, 0xff, 0xff]));")]
    [TestCase("require('fs').writeSync(1, Buffer.from([0xff, 0xff, 0xff, 0xff]));")]
    [TestCase("require('fs').writeSync(1, Buffer.alloc(64));")]
    [TestCase("send('null');")]
    [TestCase("send('[]');")]
    [TestCase("send('{\"type\":{\"deep\":[[[1]]]}}');")]
    [TestCase("send('{\"type\":1}');")]
    [TestCase("send('{\"__proto__\":{\"admin\":true},\"type\":\"ready\"}');")]
    [TestCase("send('{\"type\":\"completed\",\"id\":\"a\",\"id\":\"b\"}');")]
    [TestCase("send('{\"type\":\"completed\",\"id\":\"\\\\ud800\"}');")]
    public async Task Invalid_frame_ends_the_process(string forged)
    {
        var error = await AttackAsync($"{Frame} {forged} await new Promise(() => {{}});");

        Assert.That(error.Kind, Is.EqualTo(FunctionErrorKind.LimitExceeded));
        Assert.That(error.Message, Does.Contain("pipe"));
    }

    [TestCase("send('{\"type\":\"completed\",\"id\":\"0123456789abcdef0123456789abcdef\",\"json\":\"666\"}');")]
    [TestCase("send('{\"type\":\"completed\",\"json\":\"666\"}');")]
    [TestCase("send('{\"type\":\"log\",\"id\":\"another\",\"text\":\"a lie\"}');")]
    [TestCase("send('{\"type\":\"apiCall\",\"id\":\"another\",\"requestId\":\"1\","
        + "\"api\":\"Users\",\"method\":\"deleteUser\",\"arguments\":\"[1]\"}');")]
    [TestCase("send('{\"type\":\"ready\",\"message\":\"again\"}');")]
    [TestCase("send('{\"type\":\"cancelled\",\"id\":\"another\"}');")]
    [TestCase("send('{\"type\":\"unheard of\"}');")]
    public async Task Messages_about_unknown_calls_are_ignored(string forged)
    {
        Assert.That(await ResultAsync($"exports.handleEvent = async () => {{ {Frame} {forged} return 1; }};"), Is.EqualTo("1"));
        Assert.That(Api.Calls, Is.Empty);
    }

    [TestCase("Object.prototype.toJSON = () => 'taken over';")]
    [TestCase("Object.prototype.kind = 'Unavailable'; Object.prototype.json = '1'; "
        + "Object.prototype.id = 'x'; Object.prototype.error = '{}';")]
    [TestCase("JSON.stringify = () => 'taken over'; JSON.parse = () => ({ });")]
    [TestCase("Array.prototype.push = Array.prototype.map = Array.prototype.includes = () => { throw 1; };")]
    [TestCase("String.prototype.replace = String.prototype.slice = () => 'taken over';")]
    [TestCase("globalThis.Promise = class { };")]
    [TestCase("Buffer.from = Buffer.concat = Buffer.alloc = Buffer.allocUnsafe = () => { throw 1; };")]
    [TestCase("Object.defineProperty(Object.prototype, 'type', { set() { throw 1; }, get: () => 'flood' });")]
    public async Task Patched_builtins_affect_only_the_applications_process(string patch)
    {
        var first = await RunAsync($"exports.handleEvent = async () => {{ {patch} return 41; }};");
        var second = await RunAsync("exports.handleEvent = async (event) => event.number + 1;", new { number = 41 });
        var restarted = await ResultAsync(
            "exports.handleEvent = async (event) => event.number + 1;", new { number = 41 }, Environment(revision: 2));

        Assert.That(
            (first.Error is null ? first.Result.ToString() : "41", second.Error is null ? second.Result.ToString() : "42", restarted),
            Is.EqualTo(("41", "42", "42")));
    }

    [TestCase("Error.prepareStackTrace = () => ({ evil: true });")]
    [TestCase("Error.prepareStackTrace = (error, frames) => frames.map((frame) => frame.getThis?.()?.process?.mainModule);")]
    [TestCase("Error.prepareStackTrace = () => { throw new Error('no stack'); };")]
    [TestCase("Error.stackTraceLimit = Infinity; const dive = (depth) => depth && dive(depth - 1) || null.x; "
        + "try { dive(5000); } catch (error) { throw error; }")]
    public async Task Stacks_are_text_of_bounded_length(string patch)
    {
        var error = await AttackAsync($"{patch} throw new Error('thrown');");

        Assert.That(error.Kind, Is.EqualTo(FunctionErrorKind.Thrown));
        Assert.That(error.Stack?.Length ?? 0, Is.LessThanOrEqualTo(8192));
    }

    [Test]
    public async Task Stolen_messages_belong_to_the_same_application()
    {
        Api.Respond = (_, _, _) => Task.FromResult(FakeApi.Value(1));

        // Reads from the pipe instead of main.mjs.
        var stolen = await RunAsync(
            "exports.handleEvent = () => { const all = Buffer.alloc(1 << 16); "
            + "for (;;) try { require('fs').readSync(0, all); } catch { } };",
            seconds: 1);

        Assert.That(stolen.Error?.Kind, Is.EqualTo(FunctionErrorKind.TimedOut));
        Assert.That(await ResultAsync("exports.handleEvent = () => 1;"), Is.EqualTo("1"));
    }
}
