using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatPlatform.Migrations.Sql;

internal static class SqlFiles
{
    /// <summary>Runs an embedded file of this folder as a step of a migration.</summary>
    /// <param name="name">With its version and extension, such as <c>slot_of.v1.sql</c>.</param>
    public static void RunFile(this MigrationBuilder migration, string name)
    {
        using var resource = typeof(SqlFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no {name} among the embedded SQL files.");
        using var reader = new StreamReader(resource);
        migration.Sql(reader.ReadToEnd());
    }
}
