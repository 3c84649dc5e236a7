using System.Globalization;

namespace ChatPlatform.Application.Common;

/// <summary>The secret part of a capability URL: application id, dot, random bits. The id identifies the tenant without a search.</summary>
public static class CapabilityCode
{
    public static string Generate(long applicationId) =>
        string.Create(CultureInfo.InvariantCulture, $"{applicationId}.{SecretToken.Generate()}");

    public static bool TryGetApplication(string code, out long applicationId)
    {
        applicationId = 0;
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(code.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out applicationId);
    }
}
