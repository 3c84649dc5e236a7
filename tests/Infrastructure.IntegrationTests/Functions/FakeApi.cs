using System.Collections.Concurrent;
using System.Text.Json;
using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Remembers what scripts ask for, and answers as a test says.</summary>
public sealed class FakeApi : IFunctionApi
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>As <c>Users.createUser([{"name":"ada"}])</c>, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public Func<string, JsonElement, CancellationToken, Task<ApiAnswer>> Answers { get; set; } = Nothing;

    public static ApiAnswer Value(object value) => new(JsonSerializer.SerializeToElement(value), null);

    public static ApiAnswer Error(string error, string message) =>
        new(default, JsonSerializer.SerializeToElement(new { error, message }));

    public void Forget()
    {
        _asked.Clear();
        Answers = Nothing;
    }

    public Task<ApiAnswer> CallAsync(string api, string method, JsonElement arguments, CancellationToken ct)
    {
        _asked.Enqueue($"{api}.{method}({arguments.GetRawText()})");
        return Answers(method, arguments, ct);
    }

    private static Task<ApiAnswer> Nothing(string method, JsonElement arguments, CancellationToken ct) =>
        Task.FromResult(new ApiAnswer(default, null));
}
