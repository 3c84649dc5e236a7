using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.WebApi.Hosting;
using MediatR;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>
/// A handler's calls become calls of this very API, for the application of the scope and with what its clients may do. No token is made
/// for it.
/// </summary>
internal sealed partial class FunctionApi(InternalApiClient calls, IServiceScopeFactory scopes, ICurrentApplication application) : IFunctionApi
{
    private const int MaxBodyBytes = 1024 * 1024;

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    public async Task<ApiResponse> CallAsync(string api, string method, JsonElement arguments, CancellationToken ct)
    {
        if (ApiMethods.Find(api, method) is not { } operation)
        {
            return Failure("UnknownMethodError", $"There is no operation {api}.{method}.");
        }

        var given = arguments.ValueKind is JsonValueKind.Array ? arguments.EnumerateArray().ToList() : [];
        if (Address(operation, given) is not { } path)
        {
            return Failure("ArgumentError", $"{api}.{method} needs more arguments, or others.");
        }

        var body = operation.HasBody ? Encoding.UTF8.GetBytes(given.Count > 0 ? given[0].GetRawText() : "null") : null;
        if (body?.Length > MaxBodyBytes)
        {
            return Failure("ArgumentError", $"{api}.{method} takes at most {MaxBodyBytes} bytes.");
        }

        var caller = new InternalCaller(application.Id, await GrantedScopesAsync(ct));
        var (status, response) = await calls.SendAsync(caller, operation.Method, "/v1" + path, body, ct);
        var value = response.Length == 0 ? Nothing : JsonSerializer.Deserialize<JsonElement>(response);
        return status is >= 200 and < 300
            ? new ApiResponse(value, null)
            : new ApiResponse(default, response.Length == 0 ? Error(NameOf(status), $"The server answered {status}.") : ToError(value));
    }

    /// <summary>In a scope of its own: a handler makes several calls at once.</summary>
    private async Task<IReadOnlyList<string>> GrantedScopesAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(application.Id);
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GetGrantedScopes(), ct)).Value;
    }

    /// <summary>Path and query; takes what it uses from the arguments. Null when a parameter of the path is missing.</summary>
    private static string? Address(ApiMethod operation, List<JsonElement> given)
    {
        var isComplete = true;
        var path = Parameter().Replace(operation.Path, _ =>
        {
            var value = given.Count > 0 ? TextOf(given[0]) : null;
            isComplete &= !string.IsNullOrEmpty(value) && value is not ("." or "..");
            given.RemoveRange(0, Math.Min(1, given.Count));
            return Uri.EscapeDataString(value ?? "");
        });
        if (!isComplete)
        {
            return null;
        }

        // Either one after another, as the clients were generated, or by name in one object.
        var query = given is [{ ValueKind: JsonValueKind.Object } named]
            ? operation.Query.Where(name => named.TryGetProperty(name, out _)).Select(name => (name, named.GetProperty(name)))
            : operation.Query.Zip(given);
        var pairs = query.SelectMany(pair => pair.Item2.ValueKind is JsonValueKind.Array
            ? pair.Item2.EnumerateArray().Select(item => (pair.Item1, TextOf(item)))
            : [(pair.Item1, TextOf(pair.Item2))]);
        var text = string.Join('&', pairs.Where(pair => pair.Item2 is not null)
            .Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
        return text.Length == 0 ? path : $"{path}?{text}";
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => StorableJson.TextOf(value),
        JsonValueKind.Number or JsonValueKind.Object => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>What was answered, with a <c>message</c> in any case: refusals call it otherwise.</summary>
    private static JsonElement ToError(JsonElement response) =>
        response.TryGetProperty("message", out _) || !response.TryGetProperty("error_description", out var description)
            ? response
            : Error(response.GetProperty("error").GetString()!, description.GetString()!);

    private static string NameOf(int status) => status == StatusCodes.Status404NotFound
        ? "ResourceNotFoundError"
        : string.Create(CultureInfo.InvariantCulture, $"Error{status}");

    private static ApiResponse Failure(string error, string message) => new(default, Error(error, message));

    private static JsonElement Error(string error, string message) => JsonSerializer.SerializeToElement(new { error, message });

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
