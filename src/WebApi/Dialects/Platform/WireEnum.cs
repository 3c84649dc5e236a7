using System.Text.Json;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>Enumerations as the contract writes them: <c>SYSTEM_TEXT</c>.</summary>
internal static class WireEnum
{
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>Any case of letters; no numbers.</summary>
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Name(candidate).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    public static string Expected<T>()
        where T : struct, Enum => $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(Name))}";
}
