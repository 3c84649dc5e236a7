namespace ChatPlatform.Migrations.IntegrationTests;

/// <summary>Calls the administrator's command line in this process.</summary>
internal static class CommandLine
{
    public static async Task<(int ExitCode, string Text)> RunAsync(params string[] args)
    {
        var text = new StringWriter();
        var exitCode = await Program.RunAsync(args, new Output(text, text), CancellationToken.None);
        return (exitCode, text.ToString());
    }
}
