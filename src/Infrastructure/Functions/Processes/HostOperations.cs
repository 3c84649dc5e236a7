using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>Does what the calls of one process ask the server for.</summary>
internal sealed class HostOperations(NodeProcess process, EgressProxy egress, FunctionOptions options) : IDisposable
{
    private static readonly JsonElement OperationFailed = Failure("function.operation_failed", "The server could not do it.");

    private static readonly JsonElement Unreadable = Failure("function.fetch", "The request cannot be read.");

    // What one application may have the server do at the same time.
    private readonly SemaphoreSlim _slots = new(4);
    private int _open;

    public void Handle(ProcessMessage operation, Invocation invocation)
    {
        if (Interlocked.Increment(ref _open) > options.OpenOperations)
        {
            process.Kill(new ExitReason(
                FunctionErrorKind.LimitExceeded, $"More than {options.OpenOperations} operations were asked for before any was answered."));
            return;
        }

        _ = HandleAsync(operation, invocation, invocation.Cancellation);
    }

    public void Dispose() => _slots.Dispose();

    private async Task HandleAsync(ProcessMessage operation, Invocation invocation, CancellationToken cancellationToken)
    {
        try
        {
            await _slots.WaitAsync(cancellationToken);
            try
            {
                Send(operation, operation.Type == "fetch" ? await FetchAsync(operation, cancellationToken) : await CallAsync(operation, invocation, cancellationToken));
            }
            finally
            {
                _slots.Release();
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
            Send(operation, new ApiResponse(default, OperationFailed));
        }
    }

    private static async Task<ApiResponse> CallAsync(ProcessMessage operation, Invocation invocation, CancellationToken cancellationToken) =>
        PlainJson.Parse(operation.Arguments ?? "[]") is { ValueKind: JsonValueKind.Array } arguments
            ? await invocation.Api.CallAsync(operation.Api ?? string.Empty, operation.Method ?? string.Empty, arguments, cancellationToken)
            : new ApiResponse(default, Failure("function.arguments", "The arguments are nested deeper than 64 levels."));

    private async Task<ApiResponse> FetchAsync(ProcessMessage operation, CancellationToken cancellationToken)
    {
        try
        {
            var request = JsonSerializer.Deserialize<EgressRequest>(operation.Arguments ?? "null", JsonSerializerOptions.Web);
            return request is { Url: not null, Method: not null, Headers: not null }
                ? new ApiResponse(JsonSerializer.SerializeToElement(await egress.FetchAsync(request, cancellationToken), JsonSerializerOptions.Web), null)
                : new ApiResponse(default, Unreadable);
        }
        catch (EgressRefusedException refused)
        {
            return new ApiResponse(default, Failure("function.fetch", refused.Message));
        }
        catch (Exception broken) when (broken is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return new ApiResponse(default, Unreadable);
        }
    }

    /// <summary>It is open until the process takes the answer: one that only asks must not fill the server's memory.</summary>
    private void Send(ProcessMessage operation, ApiResponse response)
    {
        var message = new
        {
            type = "response",
            requestId = operation.RequestId,
            value = response.Error is null && response.Value.ValueKind != JsonValueKind.Undefined ? response.Value.GetRawText() : null,
            error = response.Error?.GetRawText(),
        };
        process.Send(message, () => Interlocked.Decrement(ref _open));
    }

    private static JsonElement Failure(string error, string message) => JsonSerializer.SerializeToElement(new { error, message });
}
