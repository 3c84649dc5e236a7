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
        var from = new Option<string?>("--from") { Description = "Start after this migration; 0 for an empty database." };
        var to = new Option<string?>("--to")
        {
            Description = "The last migration of the script; one before --from reverts migrations.",
        };
        var file = new Option<FileInfo?>("--output", "-o") { Description = "File for the SQL instead of standard output." };
        var command = new Command("script", "Writes idempotent SQL: --from to --to; by default what the database lacks, or everything.")
        {
            connection, from, to, file,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var connectionString = TargetDatabase.Find(parsed, connection);

            // The database is only read when the script starts at its state.
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
