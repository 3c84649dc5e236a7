namespace ChatPlatform.Application.Common;

public static class Preconditions
{
    /// <summary>False means <see cref="CommonErrors.Changed"/>.</summary>
    /// <param name="expected">The versions that the caller accepts; null for any.</param>
    public static bool Hold(IReadOnlyCollection<uint>? expected, uint current) => expected is null || expected.Contains(current);
}
