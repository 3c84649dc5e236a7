namespace ChatPlatform.Migrations.Commands;

internal static class MigrationNames
{
    /// <summary>Accepts the whole name or the part after the timestamp.</summary>
    public static int IndexOf(List<string> known, string name)
    {
        var index = known.FindIndex(migration => migration == name || migration.EndsWith("_" + name, StringComparison.Ordinal));
        return index >= 0 ? index : throw new UsageException($"There is no migration '{name}'. Known: {string.Join(", ", known)}");
    }
}
