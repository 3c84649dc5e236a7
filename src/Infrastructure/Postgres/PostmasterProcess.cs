using System.Diagnostics;
using System.IO.Pipes;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The server's process. It is not our child: it was started detached, or by an owner that died.</summary>
internal static class PostmasterProcess
{
    /// <summary>Fast shutdown: ends sessions and writes everything; no recovery needed.</summary>
    public static void ShutDown(int pid) => Send(pid, PostgresSignal.Interrupt);

    /// <summary>Immediate shutdown: the next start recovers from the log.</summary>
    public static void Abort(int pid) => Send(pid, PostgresSignal.Quit);

    public static bool IsAlive(int pid) => IsListed(pid) && (OperatingSystem.IsWindows() || !IsZombie(pid));

    /// <summary>Whether the system has a process with that id, including zombies.</summary>
    public static bool IsListed(int pid) => OperatingSystem.IsWindows() ? NameOf(pid) is not null : Libc.Exists(pid);

    public static string? NameOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (Exception missing) when (missing is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>In a container we may be process 1, which inherits dead children and never reaps them.</summary>
    private static bool IsZombie(int pid)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{pid}/stat");
            return status.AsSpan(status.LastIndexOf(')') + 1).TrimStart()[0] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Send(int pid, PostgresSignal signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            Libc.Signal(pid, (int)signal);
            return;
        }

        // PostgreSQL's replacement for signals on Windows: a byte through a pipe named after the process, and one back.
        using var pipe = new NamedPipeClientStream(".", $"pgsignal_{pid}", PipeDirection.InOut);
        try
        {
            pipe.Connect(TimeSpan.FromSeconds(5));
            pipe.WriteByte((byte)signal);
            pipe.ReadByte();
        }
        catch (Exception missing) when (missing is TimeoutException or IOException)
        {
            if (IsAlive(pid))
            {
                throw;
            }
        }
    }

    /// <summary>Signal numbers, the same on Windows.</summary>
    private enum PostgresSignal
    {
        Interrupt = 2,
        Quit = 3,
    }
}
