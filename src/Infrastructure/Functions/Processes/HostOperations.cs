using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>Executes the operations that calls of one process request.</summary>
internal sealed class HostOperations(NodeProcess process, EgressProxy egress, FunctionOptions options) : IDisposable
{
    private static readonly JsonElement OperationFailed = Failure("function.operation_failed", "The operation failed on the server.");

    private static readonly JsonElement InvalidRequest = Failure("function.fetch", "The request is not valid.");

    // Concurrent operations of one application.
    private readonly SemaphoreSlim _slots = new(4);
    private int _pending;

    public void Handle(ProcessMessage operation, Invocation invocation)
    {
        if (Interlocked.Increment(ref _pending) > options.OpenOperations)
        {
            process.Kill(new ExitReason(
                FunctionErrorKind.LimitExceeded, $"The process has more than {options.OpenOperations} pending operations."));
            return;
        }

        _ = HandleAsync(operation, invocation, invocation.Cancellation);
    }

    public void Dispose() => _slots.Dispose();

    private async Task HandleAsync(ProcessMessage operation, Invocation invocation, CancellationToken ct)
    {
        try
        {
            await _slots.WaitAsync(ct);
            try
            {
                Send(operation, operation.Type == "fetch"
                    ? await FetchAsync(operation, ct)
                    : await CallAsync(operation, invocation, ct));
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The call has ended.
            Interlocked.Decrement(ref _pending);
        }
        catch (Exception)
        {
            // Hides the details from the handler; the operation itself logs its failures.
            Send(operation, new ApiResponse(default, OperationFailed));
        }
    }

    private static async Task<ApiResponse> CallAsync(ProcessMessage operation, Invocation invocation, CancellationToken ct) =>
        PlainJson.Parse(operation.Arguments ?? "[]") is { ValueKind: JsonValueKind.Array } arguments
            ? await invocation.Api.CallAsync(operation.Api ?? string.Empty, operation.Method ?? string.Empty, arguments, ct)
            : new ApiResponse(default, Failure("function.arguments", "The arguments are nested deeper than 64 levels."));

    private async Task<ApiResponse> FetchAsync(ProcessMessage operation, CancellationToken ct)
    {
        try
        {
            var request = JsonSerializer.Deserialize<EgressRequest>(operation.Arguments ?? "null", JsonSerializerOptions.Web);
            if (request is not { Url: not null, Method: not null, Headers: not null })
            {
                return new ApiResponse(default, InvalidRequest);
            }

            var response = await egress.FetchAsync(request, ct);
            return new ApiResponse(JsonSerializer.SerializeToElement(response, JsonSerializerOptions.Web), null);
        }
        catch (EgressRefusedException refused)
        {
            return new ApiResponse(default, Failure("function.fetch", refused.Message));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return new ApiResponse(default, InvalidRequest);
        }
    }

    /// <summary>Pending until the process reads the response, or unread responses could fill the server's memory.</summary>
    private void Send(ProcessMessage operation, ApiResponse response)
    {
        var message = new
        {
            type = "response",
            requestId = operation.RequestId,
            value = response.Error is null && response.Value.ValueKind != JsonValueKind.Undefined ? response.Value.GetRawText() : null,
            error = response.Error?.GetRawText(),
        };
        process.Send(message, () => Interlocked.Decrement(ref _pending));
    }

    private static JsonElement Failure(string error, string message) => JsonSerializer.SerializeToElement(new { error, message });
}
