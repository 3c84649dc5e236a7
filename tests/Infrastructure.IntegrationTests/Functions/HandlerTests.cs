using ChatPlatform.Application.Functions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Forms of scripts, their environment and their results.</summary>
public sealed class HandlerTests : FunctionTest
{
    private const string Welcome = """
        const greetings = [];

        async function welcome(context: Context, username: string, displayName: string) {
          const { data: user } = await context.getUserApi().createUser({ name: username, displayName });
          await context.getChannelApi().createChannelMember(702, { id: user.id });
        }

        async function handleEvent({ username, authParams }: UserAttemptedStartSessionEvent, context: Context) {
          greetings.push(`Hello ${username}`);
          try {
            await context.getUserApi().getUserExists(username);
          } catch {
            await welcome(context, username, authParams.displayName || username);
          }

          return greetings;
        }
        """;

    private static readonly object Ada = new { username = "ada", authParams = new { displayName = "Ada" } };

    [TestCase("exports.handleEvent = (event) => event.word + '!';")]
    [TestCase("module.exports = { handleEvent: async (event) => event.word + '!' };")]
    [TestCase("module.exports = (event) => event.word + '!';")]
    [TestCase("function handleEvent(event) { return event.word + '!'; } // no newline at the end")]
    [TestCase("const handleEvent = async ({ word }) => word + '!';")]
    [TestCase("export async function handleEvent(event) { return event.word + '!'; }")]
    [TestCase("export default { handleEvent: (event) => event.word + '!' };")]
    [TestCase("export default (event) => event.word + '!';")]
    [TestCase("import { EOL } from 'node:os';\nfunction handleEvent(event) { return event.word + '!'; }")]
    [TestCase("await null;\nfunction handleEvent(event) { return event.word + '!'; }")]
    [TestCase("interface Greeting { word: string }\nexport const handleEvent = (event: Greeting): string => event.word + '!';")]
    [TestCase("type Greeting = { word: string };\nasync function handleEvent(event: Greeting) { return event.word as string + '!'; }")]
    public async Task Handler_may_be_exported_or_declared_in_either_language(string script) =>
        Assert.That(await ResultAsync(script, new { word = "yes" }), Is.EqualTo("\"yes!\""));

    [Test]
    public async Task Older_clients_create_a_user_and_module_state_survives()
    {
        Api.Respond = (method, _, _) => Task.FromResult(
            method == "getUserExists" ? FakeApi.Error("ResourceNotFoundError", "No such user") : FakeApi.Value(new { id = 17 }));

        var first = await ResultAsync(Welcome, Ada);
        var second = await ResultAsync(Welcome, Ada);

        Assert.That((first, second), Is.EqualTo(("[\"Hello ada\"]", "[\"Hello ada\",\"Hello ada\"]")));
        Assert.That(Api.Calls.Take(3), Is.EqualTo(new[]
        {
            "Users.getUserExists([\"ada\"])",
            "Users.createUser([{\"name\":\"ada\",\"displayName\":\"Ada\"}])",
            "Channels.createChannelMember([702,{\"id\":17}])",
        }));
    }

    [Test]
    public async Task Newer_clients_get_values_and_errors()
    {
        Api.Respond = (method, _, _) => Task.FromResult(
            method == "getUser" ? FakeApi.Error("ResourceNotFoundError", "No such user") : FakeApi.Value(new { id = 17 }));

        var result = await ResultAsync("""
            exports.handleEvent = async (event, { ChatKitty }) => {
              const created = await ChatKitty.Users.createUser({ name: 'bob' });
              const failed = await ChatKitty.Users.getUser('nobody').catch((error) => [error instanceof Error, error.error, error.message]);
              return [created.id, ...failed];
            };
            """);

        Assert.That(result, Is.EqualTo("[17,true,\"ResourceNotFoundError\",\"No such user\"]"));
    }

    [Test]
    public async Task Environment_has_exactly_the_given_variables()
    {
        var variables = new Dictionary<string, string>
        {
            ["A_B"] = "1",
            ["odd name = \u00e9"] = "2",
            ["__proto__"] = "3",
            ["NODE_OPTIONS"] = "--nonsense",
        };

        var result = await ResultAsync(
            "exports.handleEvent = () => Object.entries(process.env).map(([name, value]) => name + '=' + value).sort();",
            environment: Environment(variables: variables));

        Assert.That(result, Does.Contain("\"A_B=1\"").And.Contain("NODE_OPTIONS").And.Contain("odd name").And.Not.Contain("HOME"));
    }

    [TestCase("export const greeting = 'Hi'; await null;")]
    [TestCase("exports.greeting = 'Hi';")]
    [TestCase("var greeting = 'Hi';")]
    [TestCase("const greeting: string = 'Hi';")]
    public async Task Handlers_can_use_the_initialization_script(string initialization) =>
        Assert.That(
            await ResultAsync("exports.handleEvent = () => greeting;", environment: Environment(initialization)), Is.EqualTo("\"Hi\""));

    [Test]
    public async Task Failed_initialization_is_reported_and_retried()
    {
        var error = await ErrorAsync("exports.handleEvent = () => 1;", environment: Environment("\nthrow new Error('no key');"));

        Assert.That(error.Kind, Is.EqualTo(FunctionErrorKind.NotLoadable));
        Assert.That(error.Message, Is.EqualTo("The initialization script failed: no key"));
        Assert.That(error.Stack, Does.Contain("initialization:2:7"));
        Assert.That(await ResultAsync("exports.handleEvent = () => 1;", environment: Environment(revision: 2)), Is.EqualTo("1"));
    }

    [Test]
    public async Task New_revision_gets_a_new_process()
    {
        const string script = "let calls = 0; exports.handleEvent = () => process.env.NAME + ++calls;";
        FunctionEnvironment Revision(long revision) => Environment(variables: new() { ["NAME"] = $"r{revision}." }, revision: revision);

        Assert.That(await ResultAsync(script, environment: Revision(1)), Is.EqualTo("\"r1.1\""));
        Assert.That(await ResultAsync(script, environment: Revision(1)), Is.EqualTo("\"r1.2\""));
        Assert.That(await ResultAsync(script, environment: Revision(2)), Is.EqualTo("\"r2.1\""));
        Assert.That(
            await ResultAsync(script, environment: Environment(variables: new() { ["NAME"] = "other." }, revision: 2)),
            Is.EqualTo("\"other.1\""));
    }

    [Test]
    public async Task Console_has_order_and_levels()
    {
        var outcome = await RunAsync("""
            console.log('loaded');
            exports.handleEvent = () => {
              console.info('one %d', 1); console.warn({ two: 2 }); console.error('three'); console.debug('four');
              process.stdout.write('five\n'); console.table([[6]]);
            };
            """);

        Assert.That(
            outcome.Console.Take(6).Select(line => $"{line.Level}: {line.Text}"),
            Is.EqualTo(new[] { "log: loaded", "info: one 1", "warn: { two: 2 }", "error: three", "debug: four", "log: five" }));
        Assert.That(outcome.Console[6].Text, Does.Contain("6"));
    }

    [TestCase("exports.handleEvent = () => {\n  null.x;\n};", "TypeError", "Greeter:2:8")]
    [TestCase("type A = string;\nfunction deeper() { throw new RangeError('deep'); }\n"
        + "async function handleEvent(e: A) {\n  await null;\n  deeper();\n}", "RangeError", "deeper (Greeter:2:27)")]
    [TestCase("import 'node:os';\n\n"
        + "export function handleEvent() { throw Object.assign(new Error('mine'), { name: 'Mine' }); }", "Mine",
            "handleEvent (Greeter:3:53)")]
    public async Task Stack_has_the_lines_of_the_script(string script, string name, string frame)
    {
        var error = await ErrorAsync(script);

        Assert.That(error.Kind, Is.EqualTo(FunctionErrorKind.Thrown));
        Assert.That(error.Name, Is.EqualTo(name));
        Assert.That(error.Stack, Does.Contain(frame).And.Not.Contain("node:").And.Not.Contain(".mjs"));
    }

    [TestCase("throw 'just text'", "Error", "just text")]
    [TestCase("throw null", "Error", "null")]
    [TestCase("throw { name: {}, message: Symbol('x') }", "[object Object]", "Symbol(x)")]
    [TestCase("throw { get message() { throw 1 } }", "Error", "The thrown value cannot be read.")]
    [TestCase("const a = {}; a.a = a; return a;", "TypeError", "The result cannot be written as JSON: Converting circular structure")]
    [TestCase("return 1n", "TypeError", "The result cannot be written as JSON: Do not know how to serialize a BigInt")]
    [TestCase("return { get a() { throw new Error('trap') } }", "TypeError", "The result cannot be written as JSON: trap")]
    [TestCase("let a = 1; for (let i = 0; i < 500; i++) a = [a]; return a;", "TypeError", "The result is nested deeper than 64 levels.")]
    [TestCase("process.exit(1)", "Error", "process.exit is not available to functions.")]
    [TestCase("setTimeout(() => { throw new RangeError('later'); }, 1); return new Promise(() => {});", "RangeError", "later")]
    public async Task Thrown_value_or_invalid_result_is_reported(string body, string name, string message)
    {
        var error = await ErrorAsync($"exports.handleEvent = async () => {{ {body} }};");

        Assert.That((error.Kind, error.Name), Is.EqualTo((FunctionErrorKind.Thrown, name)));
        Assert.That(error.Message, Does.StartWith(message));
    }

    [TestCase("return", "undefined")]
    [TestCase("return undefined", "undefined")]
    [TestCase("return () => 1", "undefined")]
    [TestCase("return null", "null")]
    [TestCase("return [undefined, NaN]", "[null,null]")]
    [TestCase("return '\\ud800 \\u0000 \\\\u0000'", "\"\ufffd \ufffd \\\\u0000\"")]
    [TestCase("return new Date(0)", "\"1970-01-01T00:00:00.000Z\"")]
    public async Task Result_is_serialized_as_JSON(string body, string result) =>
        Assert.That(await ResultAsync($"exports.handleEvent = async () => {{ {body} }};"), Is.EqualTo(result));

    [TestCase("exports.handleEvent = () => 1;")]
    [TestCase("const one: number = 1; export const handleEvent = (): number => one;")]
    public async Task Script_of_a_megabyte_runs(string script)
    {
        var longest = script + "\n//" + new string('x', (1024 * 1024) - script.Length - 3);

        Assert.That(await Runtime.CheckAsync(longest, CancellationToken.None), Is.Null);
        Assert.That(await ResultAsync(longest), Is.EqualTo("1"));
    }

    [TestCase("const nothing = 1;", "The script has no function handleEvent.")]
    [TestCase("export const nothing = 1;", "The script has no function handleEvent.")]
    [TestCase("let x = 5 +;", "Expression expected (Greeter:1)")]
    [TestCase("exports.handleEvent = require('left-pad');", "Cannot find module 'left-pad'")]
    [TestCase("import pad from 'left-pad';", "Cannot find package 'left-pad'")]
    public async Task Script_that_cannot_be_loaded_is_reported(string script, string message)
    {
        var error = await ErrorAsync(script);

        Assert.That(error.Kind, Is.EqualTo(FunctionErrorKind.NotLoadable));
        Assert.That(error.Message, Does.StartWith(message));
    }

    [Test]
    public async Task Script_of_a_megabyte_runs() =>
        Assert.That(
            await ResultAsync($"const padding = '{new string('x', 1024 * 1024)}';\nexports.handleEvent = () => padding.length;"),
            Is.EqualTo("1048576"));
}
