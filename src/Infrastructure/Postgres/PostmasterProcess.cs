using System.Diagnostics;
using System.IO.Pipes;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The server's process, which is no child of ours: it was launched detached, or by an owner that is gone.</summary>
internal static class PostmasterProcess
{
    /// <summary>Asks for a fast shutdown: sessions are ended, everything is written, nothing needs recovery.</summary>
    public static void ShutDown(int pid) => Send(pid, PostgresSignal.Interrupt);

    /// <summary>Asks for an immediate shutdown: the next start recovers from the log.</summary>
    public static void Abort(int pid) => Send(pid, PostgresSignal.Quit);

    public static bool IsAlive(int pid) => IsListed(pid) && (OperatingSystem.IsWindows() || !IsZombie(pid));

    /// <summary>Whether the system still has a process of that number, be it a dead one.</summary>
    public static bool IsListed(int pid) => OperatingSystem.IsWindows() ? NameOf(pid) is not null : Libc.Exists(pid);

    public static string? NameOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>In a container we may be process 1, to whom the dead child is left and who never asks for it.</summary>
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

        // PostgreSQL's stand-in for signals on Windows: one byte through a pipe named after the process, one byte back.
        using var pipe = new NamedPipeClientStream(".", $"pgsignal_{pid}", PipeDirection.InOut);
        try
        {
            pipe.Connect(TimeSpan.FromSeconds(5));
            pipe.WriteByte((byte)signal);
            pipe.ReadByte();
        }
        catch (Exception gone) when (gone is TimeoutException or IOException)
        {
            if (IsAlive(pid))
            {
                throw;
            }
        }
    }

    /// <summary>By their numbers everywhere, on Windows too.</summary>
    private enum PostgresSignal
    {
        Interrupt = 2,
        Quit = 3,
    }
}
