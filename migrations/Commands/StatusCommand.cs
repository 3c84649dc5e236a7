using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;

namespace ChatPlatform.Migrations.Commands;

internal static class StatusCommand
{
    public static Command Create(Output output)
    {
        var connection = TargetDatabase.ConnectionOption();
        var command = new Command("status", "Lists every migration as applied or pending. Exit code 1 if any is pending.") { connection };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = TargetDatabase.Open(TargetDatabase.Require(parsed, connection));
            var applied = (await database.Context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet();
            var known = database.Context.Database.GetMigrations().ToList();
            var table = new Table().AddColumns("Migration", "State");
            foreach (var migration in known)
            {
                table.AddRow(migration, applied.Contains(migration) ? "applied" : "pending");
            }

            foreach (var migration in applied.Except(known).Order())
            {
                table.AddRow(migration, "applied, unknown to this version");
            }

            AnsiOutput.Write(output.Out, table);
            var pending = known.Count(migration => !applied.Contains(migration));
            await output.Out.WriteLineAsync($"{applied.Count} applied, {pending} pending");
            return pending > 0 ? ExitCode.DifferencesFound : ExitCode.Success;
        });
        return command;
    }
}
