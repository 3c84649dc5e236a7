namespace ChatPlatform.Infrastructure.Persistence.Configurations;

/// <summary>Constraints on times that statistics count. One value out of range would make every report fail.</summary>
internal static class TimeChecks
{
    /// <summary>Also refuses infinity, which the first and last time of .NET become in the database. Null passes.</summary>
    public static string IsCountable(string column) =>
        $"{column} >= timestamptz '1970-01-01 00:00:00+00' and {column} < timestamptz '3000-01-01 00:00:00+00'";
}
