using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChatPlatform.Migrations.Commands;

internal static class Plain
{
    private const int FileWidth = 160;

    /// <summary>Writes in the terminal's width and colours, or into a file or pipe without either.</summary>
    public static void Write(TextWriter writer, IRenderable content)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (writer != Console.Out || Console.IsOutputRedirected)
        {
            console.Profile.Width = FileWidth;
        }

        console.Write(content);
    }
}
