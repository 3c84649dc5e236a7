using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatPlatform.Migrations.Sql;

internal static class SqlFiles
{
    /// <summary>Runs an embedded SQL file in a migration.</summary>
    /// <param name="name">File name with version and extension, such as <c>message_search.v1.sql</c>.</param>
    public static void RunFile(this MigrationBuilder migration, string name)
    {
        using var resource = typeof(SqlFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Embedded SQL file {name} not found.");
        using var reader = new StreamReader(resource);
        migration.Sql(reader.ReadToEnd());
    }
}
