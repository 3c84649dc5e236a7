using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>Does what the calls of one process ask the server for.</summary>
internal sealed class WorkerOperations(WorkerProcess process, EgressProxy egress, FunctionOptions options) : IDisposable
{
    private static readonly JsonElement Broken = Failure("function.operation_failed", "The server could not do it.");

    private static readonly JsonElement Unreadable = Failure("function.fetch", "The request cannot be read.");

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
                Send(asked, asked.Type == "fetch" ? await FetchAsync(asked, over) : await CallAsync(asked, call, over));
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The call is over: nobody waits for it.
            Interlocked.Decrement(ref _open);
        }
        catch (Exception)
        {
            // The handler learns that it failed, and no more; the operation itself logs its failures.
            Send(asked, new ApiAnswer(default, Broken));
        }
    }

    private static async Task<ApiAnswer> CallAsync(WorkerMessage asked, RunningCall call, CancellationToken over) =>
        PlainJson.Parse(asked.Arguments ?? "[]") is { ValueKind: JsonValueKind.Array } arguments
            ? await call.Api.CallAsync(asked.Api ?? string.Empty, asked.Method ?? string.Empty, arguments, over)
            : new ApiAnswer(default, Failure("function.arguments", "The arguments are nested deeper than 64 levels."));

    private async Task<ApiAnswer> FetchAsync(WorkerMessage asked, CancellationToken over)
    {
        try
        {
            var request = JsonSerializer.Deserialize<EgressRequest>(asked.Arguments ?? "null", JsonSerializerOptions.Web);
            return request is { Url: not null, Method: not null, Headers: not null }
                ? new ApiAnswer(JsonSerializer.SerializeToElement(await egress.FetchAsync(request, over), JsonSerializerOptions.Web), null)
                : new ApiAnswer(default, Unreadable);
        }
        catch (EgressRefusedException refused)
        {
            return new ApiAnswer(default, Failure("function.fetch", refused.Message));
        }
        catch (Exception broken) when (broken is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return new ApiAnswer(default, Unreadable);
        }
    }

    /// <summary>It is open until the process takes the answer: one that only asks must not fill the server's memory.</summary>
    private void Send(WorkerMessage asked, ApiAnswer answer)
    {
        var message = new
        {
            type = "answer",
            question = asked.Question,
            value = answer.Error is null && answer.Value.ValueKind != JsonValueKind.Undefined ? answer.Value.GetRawText() : null,
            error = answer.Error?.GetRawText(),
        };
        process.Send(message, () => Interlocked.Decrement(ref _open));
    }

    private static JsonElement Failure(string error, string message) => JsonSerializer.SerializeToElement(new { error, message });
}
