using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>A process with its pipe, exit reason and usage.</summary>
internal sealed class NodeProcess
{
    /// <summary>Memory of Node.js before it runs a script.</summary>
    private const long BaselineMemory = 64L * 1024 * 1024;

    private const int MaxErrorOutput = 4096;

    private readonly Process _process;
    private readonly FramedPipe _pipe;
    private ExitReason? _exit;
    private bool _resetCpuTime = true;
    private TimeSpan _cpuTimeAtReset;

    public NodeProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        _pipe = new FramedPipe(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
    }

    public int Id { get; }

    /// <summary>Null while it runs.</summary>
    public ExitReason? Exit => Volatile.Read(ref _exit);

    public void Send(object message, Action? written = null) => _pipe.Send(message, written);

    public void ResetCpuTime() => _resetCpuTime = true;

    public ExitReason? FindExceededLimit(FunctionOptions options)
    {
        if (ProcessUsage.Of(_process) is not { } used)
        {
            return null;
        }

        if (_resetCpuTime)
        {
            (_resetCpuTime, _cpuTimeAtReset) = (false, used.Processor);
        }

        return used.Memory > (options.MemoryMegabytes * 1024L * 1024) + BaselineMemory ? OutOfMemory(options.MemoryMegabytes)
            : used.Processor - _cpuTimeAtReset > options.CpuTime
                ? new ExitReason(
                    FunctionErrorKind.LimitExceeded, $"The process used more than {options.CpuTime.TotalSeconds} s of processor time.")
            : null;
    }

    public void Kill(ExitReason reason)
    {
        if (Interlocked.CompareExchange(ref _exit, reason, null) is not null)
        {
            return;
        }

        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has exited already.
        }
    }

    /// <summary>Completes when the process has exited and all its messages are read.</summary>
    public async Task<ExitReason> ReadUntilExitAsync(Action<ProcessMessage> receive)
    {
        var writing = _pipe.WriteAsync();
        var errorOutput = ReadErrorOutputAsync();
        try
        {
            while (await _pipe.ReadAsync() is { } message)
            {
                receive(message);
            }
        }
        catch (InvalidDataException broken)
        {
            Kill(new ExitReason(FunctionErrorKind.LimitExceeded, $"A script wrote to the server's pipe: {broken.Message}"));
        }

        await _process.WaitForExitAsync();
        _pipe.Close();
        await writing;
        var reason = new ExitReason(FunctionErrorKind.LimitExceeded, $"The process exited unexpectedly with code {_process.ExitCode}.");
        if ((await errorOutput).Contains("out of memory", StringComparison.Ordinal))
        {
            reason = OutOfMemory(limit: null);
        }

        Interlocked.CompareExchange(ref _exit, reason, null);
        _process.Dispose();
        return _exit!;
    }

    private static ExitReason OutOfMemory(int? limit) => new(
        FunctionErrorKind.LimitExceeded,
        limit is null ? "The process ran out of memory." : $"The process used more than {limit} MB of memory.");

    private async Task<string> ReadErrorOutputAsync()
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (await _process.StandardError.ReadAsync(buffer) is var count and > 0)
        {
            text.Append(buffer, 0, count);
            text.Remove(0, Math.Max(0, text.Length - MaxErrorOutput));
        }

        return text.ToString();
    }
}
