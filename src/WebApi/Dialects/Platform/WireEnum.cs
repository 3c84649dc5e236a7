using System.Text.Json;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>Enumerations in upper snake case, such as <c>SYSTEM_TEXT</c> (docs/contracts/platform.md#enumerations).</summary>
internal static class WireEnum
{
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>Ignores case; does not accept numbers.</summary>
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
