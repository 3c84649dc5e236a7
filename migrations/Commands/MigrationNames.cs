namespace ChatPlatform.Migrations.Commands;

internal static class MigrationNames
{
    /// <summary>Finds a migration by its whole name or by the part after the time.</summary>
    public static int IndexOf(List<string> known, string name)
    {
        var index = known.FindIndex(migration => migration == name || migration.EndsWith("_" + name, StringComparison.Ordinal));
        return index >= 0 ? index : throw new UsageException($"There is no migration '{name}'. Known: {string.Join(", ", known)}");
    }
}
