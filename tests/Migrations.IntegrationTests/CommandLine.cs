namespace ChatPlatform.Migrations.IntegrationTests;

/// <summary>The administrator's command line, called as a function.</summary>
internal static class CommandLine
{
    public static async Task<(int ExitCode, string Text)> RunAsync(params string[] args)
    {
        var text = new StringWriter();
        var exitCode = await Program.RunAsync(args, new Output(text, text), CancellationToken.None);
        return (exitCode, text.ToString());
    }
}
