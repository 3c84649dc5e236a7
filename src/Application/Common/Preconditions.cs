namespace ChatPlatform.Application.Common;

public static class Preconditions
{
    /// <summary>False means <see cref="CommonErrors.Changed"/>.</summary>
    /// <param name="expected">The version the caller last read; null for any.</param>
    public static bool Hold(uint? expected, uint current) => expected is null || expected == current;
}
