using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatPlatform.Migrations.Commands;

internal static class ScriptCommand
{
    public static Command Create(Output output)
    {
        var connection = TargetDatabase.ConnectionOption();
        var from = new Option<string?>("--from") { Description = "The migration to start after; 0 for an empty database." };
        var to = new Option<string?>("--to")
        {
            Description = "The last migration of the script; earlier than --from takes migrations back.",
        };
        var file = new Option<FileInfo?>("--output", "-o") { Description = "Where the SQL goes instead of the standard output." };
        var command = new Command("script", "Writes idempotent SQL: from..to, else what the database lacks, else everything.")
        {
            connection, from, to, file,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var connectionString = TargetDatabase.Find(parsed, connection);

            // Nothing is asked of a database unless the script shall start where it stands.
            await using var database = TargetDatabase.Open(connectionString ?? "Host=localhost");
            var start = parsed.GetValue(from);
            if (start is null && connectionString is not null)
            {
                start = (await database.Context.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault();
            }

            var sql = Generate(database, start, parsed.GetValue(to));
            if (parsed.GetValue(file) is { } target)
            {
                await File.WriteAllTextAsync(target.FullName, sql, cancellationToken);
                await output.Out.WriteLineAsync($"Wrote {target.FullName}");
            }
            else
            {
                await output.Out.WriteAsync(sql);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string Generate(OpenDatabase database, string? from, string? to)
    {
        var known = database.Context.Database.GetMigrations().ToList();
        foreach (var name in new[] { from, to }.Where(name => name is not (null or "0")))
        {
            MigrationNames.IndexOf(known, name!);
        }

        return database.Context.GetService<IMigrator>().GenerateScript(from, to, MigrationsSqlGenerationOptions.Idempotent);
    }
}
