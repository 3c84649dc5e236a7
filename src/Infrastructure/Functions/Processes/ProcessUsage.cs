using System.Diagnostics;
using System.Globalization;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <param name="Memory">Bytes of the process and its descendants.</param>
/// <param name="Processor">Processor time of the same since their start.</param>
internal readonly record struct ProcessUsage(long Memory, TimeSpan Processor)
{
    // sysconf(_SC_CLK_TCK), which is the same wherever .NET runs on Linux.
    private const int TicksASecond = 100;

    /// <summary>Null when the process has exited.</summary>
    public static ProcessUsage? Of(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return Tree(process.Id);
            }

            process.Refresh();
            return new ProcessUsage(process.WorkingSet64, process.TotalProcessorTime);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>In a sandbox, Node.js is a grandchild of the server.</summary>
    private static ProcessUsage Tree(int id)
    {
        var used = ReadStat(id);
        foreach (var child in File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var descendants = Tree(int.Parse(child, CultureInfo.InvariantCulture));
            used = new ProcessUsage(used.Memory + descendants.Memory, used.Processor + descendants.Processor);
        }

        return used;
    }

    /// <summary>Fields of <c>stat</c> are counted after the name, which may contain anything and is the second field.</summary>
    private static ProcessUsage ReadStat(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return new ProcessUsage(
            Field(24) * Environment.SystemPageSize, TimeSpan.FromSeconds((double)(Field(14) + Field(15)) / TicksASecond));
    }
}
