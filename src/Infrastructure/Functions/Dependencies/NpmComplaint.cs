using System.Text.Json;
using ChatPlatform.Infrastructure.Functions.Node;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>What npm says when it fails, in words for those who asked for the packages.</summary>
internal static class NpmComplaint
{
    private const int Longest = 1000;

    public static string Of(ShortProcess.Ended ended)
    {
        var (code, summary) = Read(ended.Output);
        return code switch
        {
            "E404" => $"The registry has no such package: {summary}",
            "ETARGET" => $"The registry has no such version: {summary}",
            "ERESOLVE" => $"The packages need versions of one another that contradict: {summary}",
            "EBADENGINE" => $"A package needs another Node.js: {summary}",
            "ENOTFOUND" or "ECONNREFUSED" or "ETIMEDOUT" or "EAI_AGAIN" or "ECONNRESET" or "ENETUNREACH" =>
                $"The registry could not be reached: {summary}",
            _ => $"npm failed{(code is null ? string.Empty : $" with {code}")}: {summary ?? Cut(ended.Errors)}",
        };
    }

    private static (string? Code, string? Summary) Read(string output)
    {
        try
        {
            using var answer = JsonDocument.Parse(output);
            var error = answer.RootElement.GetProperty("error");
            return (error.GetProperty("code").GetString(), Cut($"{error.GetProperty("summary").GetString()}"));
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private static string Cut(string text) => text.Length <= Longest ? text.Trim() : text[..Longest].Trim();
}
