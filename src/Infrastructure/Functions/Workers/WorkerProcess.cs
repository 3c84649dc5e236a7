using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>A process with its pipe, its end and what it uses.</summary>
internal sealed class WorkerProcess
{
    /// <summary>What Node.js holds before it runs anything.</summary>
    private const long OwnMemory = 64L * 1024 * 1024;

    private const int LastWords = 4096;

    private readonly Process _process;
    private readonly WorkerPipe _pipe;
    private WorkerEnd? _end;
    private bool _mark = true;
    private TimeSpan _marked;

    public WorkerProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        _pipe = new WorkerPipe(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
    }

    public int Id { get; }

    /// <summary>Null while it lives.</summary>
    public WorkerEnd? End => Volatile.Read(ref _end);

    public void Send(object message, Action? written = null) => _pipe.Send(message, written);

    /// <summary>From here on its processor time counts anew.</summary>
    public void MarkProcessor() => _mark = true;

    /// <summary>What it uses more of than it may, or null.</summary>
    public WorkerEnd? Exceeds(FunctionOptions options)
    {
        if (ProcessUsage.Of(_process) is not { } used)
        {
            return null;
        }

        if (_mark)
        {
            (_mark, _marked) = (false, used.Processor);
        }

        return used.Memory > (options.MemoryMegabytes * 1024L * 1024) + OwnMemory ? OutOfMemory(options.MemoryMegabytes)
            : used.Processor - _marked > options.CpuTime
                ? new WorkerEnd(
                    FunctionErrorKind.LimitExceeded, $"The process used more than {options.CpuTime.TotalSeconds} s of processor time.")
            : null;
    }

    public void Kill(WorkerEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
        {
            return;
        }

        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Until the process is gone and all that it said is read.</summary>
    public async Task<WorkerEnd> FollowAsync(Action<WorkerMessage> receive)
    {
        var writing = _pipe.WriteAsync();
        var words = LastWordsAsync();
        try
        {
            while (await _pipe.ReadAsync() is { } message)
            {
                receive(message);
            }
        }
        catch (InvalidDataException broken)
        {
            Kill(new WorkerEnd(FunctionErrorKind.LimitExceeded, $"The process wrote into the server's pipe: {broken.Message}"));
        }

        await _process.WaitForExitAsync();
        _pipe.Close();
        await writing;
        var end = new WorkerEnd(FunctionErrorKind.LimitExceeded, $"The process ended by itself, with code {_process.ExitCode}.");
        if ((await words).Contains("out of memory", StringComparison.Ordinal))
        {
            end = OutOfMemory(limit: null);
        }

        Interlocked.CompareExchange(ref _end, end, null);
        _process.Dispose();
        return _end!;
    }

    private static WorkerEnd OutOfMemory(int? limit) => new(
        FunctionErrorKind.LimitExceeded,
        limit is null ? "The process ran out of memory." : $"The process used more than {limit} MB of memory.");

    private async Task<string> LastWordsAsync()
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (await _process.StandardError.ReadAsync(buffer) is var count and > 0)
        {
            text.Append(buffer, 0, count);
            text.Remove(0, Math.Max(0, text.Length - LastWords));
        }

        return text.ToString();
    }
}
