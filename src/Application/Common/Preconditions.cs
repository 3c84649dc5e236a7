namespace ChatPlatform.Application.Common;

/// <summary>The version that a caller last saw; null when they do not care.</summary>
public static class Preconditions
{
    /// <summary>Else somebody has changed it since, which is <see cref="CommonErrors.Changed"/>.</summary>
    public static bool Hold(uint? expected, uint current) => expected is null || expected == current;
}
