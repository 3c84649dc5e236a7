using System.Globalization;

namespace ChatPlatform.Application.Common;

/// <summary>
/// What stands at the end of an address that opens itself to whoever knows it: the application, a dot, and random bits. With the
/// application in front whoever asks can be served without a look into every tenant.
/// </summary>
public static class CapabilityCode
{
    /// <summary>Of 256 random bits.</summary>
    public static string Generate(long applicationId) => string.Create(CultureInfo.InvariantCulture, $"{applicationId}.{SecretToken.Generate()}");

    public static bool TryGetApplication(string code, out long applicationId)
    {
        applicationId = 0;
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(code.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out applicationId);
    }
}
