using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ChatPlatform.Infrastructure.Functions.Node;

internal static class OneShotProcess
{
    private const int MaxOutput = 4 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <param name="input">Its standard input.</param>
    /// <param name="limit">20 s by default.</param>
    /// <returns>Null when it could not be started, did not end in time, or wrote more than 4 MB.</returns>
    public static async Task<ProcessResult?> TryRunAsync(
        ProcessStartInfo start, string? input, CancellationToken ct, TimeSpan? limit = null)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(limit ?? Limit);
        Process process;
        try
        {
            process = await ProcessStarter.StartAsync(start);
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            try
            {
                var output = ReadAsync(process.StandardOutput, time.Token);
                var errors = ReadAsync(process.StandardError, time.Token);
                await WriteAsync(process, input, time.Token);
                await process.WaitForExitAsync(time.Token);
                return await output is { } text && await errors is { } errorOutput
                    ? new ProcessResult(process.ExitCode, text, errorOutput)
                    : null;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                ct.ThrowIfCancellationRequested();
                return null;
            }
        }
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.WriteAsync((input ?? string.Empty).AsMemory(), ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input; the exit code shows whether that is an error.
        }
    }

    private static async Task<string?> ReadAsync(StreamReader reader, CancellationToken ct)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, ct) is var count and > 0)
        {
            if (text.Length < MaxOutput)
            {
                text.Append(buffer, 0, count);
            }
        }

        return text.Length < MaxOutput ? text.ToString() : null;
    }

    internal sealed record ProcessResult(int ExitCode, string Output, string Errors);
}
