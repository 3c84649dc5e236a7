using System.Text.Json;
using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>Does what the calls of one process ask the server for.</summary>
internal sealed class WorkerOperations(WorkerProcess process, FunctionOptions options) : IDisposable
{
    private static readonly JsonElement Broken = Failure("function.operation_failed", "The server could not do it.");

    // What one application may have the server do at the same time.
    private readonly SemaphoreSlim _places = new(4);
    private int _open;

    public void Answer(WorkerMessage asked, RunningCall call)
    {
        if (Interlocked.Increment(ref _open) > options.OpenOperations)
        {
            process.Kill(new WorkerEnd(
                FunctionErrorKind.LimitExceeded, $"More than {options.OpenOperations} operations were asked for before any was answered."));
            return;
        }

        _ = AnswerAsync(asked, call, call.Over);
    }

    public void Dispose() => _places.Dispose();

    private async Task AnswerAsync(WorkerMessage asked, RunningCall call, CancellationToken over)
    {
        try
        {
            await _places.WaitAsync(over);
            try
            {
                var answer = PlainJson.Parse(asked.Arguments ?? "[]") is { ValueKind: JsonValueKind.Array } arguments
                    ? await call.Api.CallAsync(asked.Api ?? string.Empty, asked.Method ?? string.Empty, arguments, over)
                    : new ApiAnswer(default, Failure("function.arguments", "The arguments are nested deeper than 64 levels."));
                Send(asked, answer);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The call is over: nobody waits for it.
        }
        catch (Exception)
        {
            // The handler learns that it failed, and no more; the operation itself logs its failures.
            Send(asked, new ApiAnswer(default, Broken));
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private void Send(WorkerMessage asked, ApiAnswer answer) => process.Send(new
    {
        type = "answer",
        question = asked.Question,
        value = answer.Error is null && answer.Value.ValueKind != JsonValueKind.Undefined ? answer.Value.GetRawText() : null,
        error = answer.Error?.GetRawText(),
    });

    private static JsonElement Failure(string error, string message) => JsonSerializer.SerializeToElement(new { error, message });
}
