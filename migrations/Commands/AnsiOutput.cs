using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChatPlatform.Migrations.Commands;

internal static class AnsiOutput
{
    private const int FileWidth = 160;

    /// <summary>Uses the terminal's width and colours; for files and pipes a fixed width without colours.</summary>
    public static void Write(TextWriter writer, IRenderable content) => Console(writer).Write(content);

    public static IAnsiConsole Console(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (writer != System.Console.Out || System.Console.IsOutputRedirected)
        {
            console.Profile.Width = FileWidth;
        }

        return console;
    }
}
