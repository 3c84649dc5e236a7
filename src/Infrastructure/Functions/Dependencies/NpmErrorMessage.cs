using System.Text.Json;
using ChatPlatform.Infrastructure.Functions.Node;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>Turns npm's errors into messages for the application's developers.</summary>
internal static class NpmErrorMessage
{
    private const int MaxLength = 1000;

    public static string Of(OneShotProcess.ProcessResult result)
    {
        var (code, summary) = Read(result.Output);
        return code switch
        {
            "E404" => $"The registry does not have this package: {summary}",
            "ETARGET" => $"The registry does not have this version: {summary}",
            "ERESOLVE" => $"The packages require conflicting versions: {summary}",
            "EBADENGINE" => $"A package requires another version of Node.js: {summary}",
            "ENOTFOUND" or "ECONNREFUSED" or "ETIMEDOUT" or "EAI_AGAIN" or "ECONNRESET" or "ENETUNREACH" =>
                $"The registry could not be reached: {summary}",
            _ => $"npm failed{(code is null ? string.Empty : $" with {code}")}: {summary ?? Truncate(result.Errors)}",
        };
    }

    private static (string? Code, string? Summary) Read(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var error = document.RootElement.GetProperty("error");
            return (error.GetProperty("code").GetString(), Truncate($"{error.GetProperty("summary").GetString()}"));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private static string Truncate(string text) => text.Length <= MaxLength ? text.Trim() : text[..MaxLength].Trim();
}
