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
/// Turns calls of a handler into requests to this API, for the application of the scope and with the scopes of its clients. No token is
/// issued.
/// </summary>
internal sealed partial class FunctionApi(InternalApiClient client, IServiceScopeFactory scopes, ICurrentApplication application)
    : IFunctionApi
{
    private const int MaxBodyBytes = 1024 * 1024;

    private static readonly JsonElement EmptyObject = JsonSerializer.SerializeToElement(new { });

    public async Task<ApiResponse> CallAsync(string api, string method, JsonElement arguments, CancellationToken ct)
    {
        if (ApiMethods.Find(api, method) is not { } operation)
        {
            return Failure("UnknownMethodError", $"There is no operation {api}.{method}.");
        }

        var args = arguments.ValueKind is JsonValueKind.Array ? arguments.EnumerateArray().ToList() : [];
        if (PathAndQuery(operation, args) is not { } path)
        {
            return Failure("ArgumentError", $"{api}.{method} has missing or invalid arguments.");
        }

        var body = operation.HasBody ? Encoding.UTF8.GetBytes(args.Count > 0 ? args[0].GetRawText() : "null") : null;
        if (body?.Length > MaxBodyBytes)
        {
            return Failure("ArgumentError", $"{api}.{method} accepts a body of at most {MaxBodyBytes} bytes.");
        }

        var caller = new InternalCaller(application.Id, await GrantedScopesAsync(ct));
        var (status, response) = await client.SendAsync(caller, operation.Method, "/v1" + path, body, ct);
        var value = response.Length == 0 ? EmptyObject : JsonSerializer.Deserialize<JsonElement>(response);
        return status is >= 200 and < 300
            ? new ApiResponse(value, null)
            : new ApiResponse(
                default, response.Length == 0 ? Error(NameOf(status), $"The server responded with status {status}.") : ToError(value));
    }

    /// <summary>In a separate scope, because a handler can make concurrent calls.</summary>
    private async Task<IReadOnlyList<string>> GrantedScopesAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(application.Id);
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GetGrantedScopes(), ct)).Value;
    }

    /// <summary>Path and query. Removes the arguments of the path; null when one of them is missing.</summary>
    private static string? PathAndQuery(ApiMethod operation, List<JsonElement> args)
    {
        var isComplete = true;
        var path = Parameter().Replace(operation.Path, _ =>
        {
            var value = args.Count > 0 ? TextOf(args[0]) : null;
            isComplete &= !string.IsNullOrEmpty(value) && value is not ("." or "..");
            args.RemoveRange(0, Math.Min(1, args.Count));
            return Uri.EscapeDataString(value ?? "");
        });
        if (!isComplete)
        {
            return null;
        }

        // One after another, as in the generated clients, or by name in one object.
        var query = args is [{ ValueKind: JsonValueKind.Object } named]
            ? operation.Query.Where(name => named.TryGetProperty(name, out _)).Select(name => (name, named.GetProperty(name)))
            : operation.Query.Zip(args);
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

    /// <summary>The response with a <c>message</c>, which authorization errors name differently.</summary>
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
