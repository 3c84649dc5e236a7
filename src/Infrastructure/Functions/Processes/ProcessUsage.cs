using System.Diagnostics;
using System.Globalization;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <param name="Memory">Bytes in use, of the process and all that it started.</param>
/// <param name="Processor">Time used so far.</param>
internal readonly record struct ProcessUsage(long Memory, TimeSpan Processor)
{
    // sysconf(_SC_CLK_TCK), which is the same wherever .NET runs on Linux.
    private const int TicksASecond = 100;

    /// <summary>Null when it is gone.</summary>
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
        catch (Exception gone) when (gone is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Node.js is a grandchild where a sandbox lies between.</summary>
    private static ProcessUsage Tree(int id)
    {
        var used = One(id);
        foreach (var child in File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var below = Tree(int.Parse(child, CultureInfo.InvariantCulture));
            used = new ProcessUsage(used.Memory + below.Memory, used.Processor + below.Processor);
        }

        return used;
    }

    /// <summary>The fields of <c>stat</c> after the name, which may hold anything: the first of them is the third.</summary>
    private static ProcessUsage One(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return new ProcessUsage(
            Field(24) * Environment.SystemPageSize, TimeSpan.FromSeconds((double)(Field(14) + Field(15)) / TicksASecond));
    }
}
