using System.Text.Json;
using ChatPlatform.Application.Functions;

namespace ChatPlatform.Benchmarks.Functions;

/// <summary>Responds at once, so that only the round trip is measured.</summary>
internal sealed class StubApi : IFunctionApi
{
    private static readonly JsonElement User = JsonSerializer.SerializeToElement(new { id = 7, name = "ada" });

    public Task<ApiResponse> CallAsync(string api, string method, JsonElement arguments, CancellationToken ct) =>
        Task.FromResult(new ApiResponse(User, null));
}
