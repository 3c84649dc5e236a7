using System.ComponentModel;
using System.Diagnostics;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>Runs a PostgreSQL program and waits for its end.</summary>
internal static class ChildProcess
{
    /// <summary>Variables that programs need to be found and loaded; on Windows nothing starts without the system's own ones.</summary>
    private static readonly string[] InheritedVariables =
        ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "SystemDrive", "ComSpec", "TEMP", "TMP", "USERPROFILE"];

    /// <param name="user">The account to run as; null: that of this process.</param>
    /// <param name="capture">False when a process that it launches would keep our end of the output pipe open.</param>
    public static async Task<ProcessResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        UnprivilegedUser? user,
        string workingDirectory,
        string? cluster = null,
        bool capture = true,
        CancellationToken ct = default)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
        };
        if (user is not null && !OperatingSystem.IsWindows())
        {
            start.UserName = user.Name;
        }

        SetEnvironment(start, cluster);
        using var process = Start(start);
        process.StandardInput.Close();
        try
        {
            var output = capture ? process.StandardOutput.ReadToEndAsync(ct) : Task.FromResult(string.Empty);
            var errors = capture ? process.StandardError.ReadToEndAsync(ct) : Task.FromResult(string.Empty);
            await process.WaitForExitAsync(ct);
            return new ProcessResult(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Nothing else is inherited: our environment may hold secrets, PG* variables or a service manager's socket.</summary>
    private static void SetEnvironment(ProcessStartInfo start, string? cluster)
    {
        var inherited = InheritedVariables.Where(start.Environment.ContainsKey).ToDictionary(name => name, name => start.Environment[name]);
        start.Environment.Clear();
        foreach (var (name, value) in inherited)
        {
            start.Environment[name] = value;
        }

        start.Environment["LC_ALL"] = "C";
        if (cluster is not null)
        {
            start.Environment["PGDATA"] = cluster;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            var account = start.UserName.Length > 0 ? $" as user {start.UserName}" : string.Empty;
            throw new PrivatePostgresException($"Cannot run {start.FileName}{account}: {failure.Message}", failure);
        }
    }

    /// <param name="Output">Standard output, then standard error.</param>
    internal sealed record ProcessResult(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
    }
}
