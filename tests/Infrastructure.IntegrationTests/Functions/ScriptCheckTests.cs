using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Scripts are parsed without being run.</summary>
public sealed class ScriptCheckTests : FunctionTest
{
    [TestCase("exports.handleEvent = () => 1;")]
    [TestCase("throw new Error('is not run');")]
    [TestCase("while (true);")]
    [TestCase("import a from 'a'; export { a }; await 1;")]
    [TestCase("interface A { b: number }\nasync function handleEvent(event: A): Promise<void> { }")]
    [TestCase("import type { A } from 'a';\nexport const handleEvent = (event: A) => event!;")]
    [TestCase("")]
    public async Task Script_that_parses_has_no_error(string script) =>
        Assert.That(await Runtime.CheckAsync(script, CancellationToken.None), Is.Null);

    [TestCase("const a = 1;\nconst b = ;\n", 2, 11)]
    [TestCase("function handleEvent() {\n  return 1;\n", 2, 1)]
    [TestCase("let a = 1;\n  let a = 2;", 2, 7)]
    [TestCase("import 'os';\nlet a = 1;\n  let a = 2;", 3, 7)]
    [TestCase("const a: = 1;", 1, 10)]
    [TestCase("interface A { b: number }\nconst a: A = { b: };", 2, 19)]
    [TestCase("import type { A } from 'a';\nexport const a: A = 1;\nexport const a: A = 2;", 3, 14)]
    [TestCase("enum A { B }", 1, 1)]
    [TestCase("export { nowhere };", 1, 10)]
    public async Task Error_has_line_and_column(string script, int line, int column)
    {
        var error = await Runtime.CheckAsync(script, CancellationToken.None);

        await TestContext.Out.WriteLineAsync(error?.ToString());
        Assert.That((error?.Line, error?.Column), Is.EqualTo((line, column)));
        Assert.That(error!.Message, Is.Not.Empty);
    }

    [Test]
    public async Task Script_that_overflows_the_parser_is_an_error()
    {
        var error = await Runtime.CheckAsync(new string('(', 500_000), CancellationToken.None);

        Assert.That(error, Is.Not.Null);
    }
}
