using System.Collections.Concurrent;
using System.Text.Json;
using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Records the calls of scripts and responds as configured.</summary>
public sealed class FakeApi : IFunctionApi
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Such as <c>Users.createUser([{"name":"ada"}])</c>, in order.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    public Func<string, JsonElement, CancellationToken, Task<ApiResponse>> Respond { get; set; } = ReturnsNothing;

    public static ApiResponse Value(object value) => new(JsonSerializer.SerializeToElement(value), null);

    public static ApiResponse Error(string error, string message) =>
        new(default, JsonSerializer.SerializeToElement(new { error, message }));

    public void Reset()
    {
        _calls.Clear();
        Respond = ReturnsNothing;
    }

    public Task<ApiResponse> CallAsync(string api, string method, JsonElement arguments, CancellationToken ct)
    {
        _calls.Enqueue($"{api}.{method}({arguments.GetRawText()})");
        return Respond(method, arguments, ct);
    }

    private static Task<ApiResponse> ReturnsNothing(string method, JsonElement arguments, CancellationToken ct) =>
        Task.FromResult(new ApiResponse(default, null));
}
