using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace ChatPlatform.Migrations.Commands;

internal static class ApplyCommand
{
    /// <summary>Advisory lock that allows one apply at a time; never changed.</summary>
    internal const long LockKey = 0x43_48_41_54_4D_49_47;

    public static Command Create(Output output)
    {
        var connection = TargetDatabase.ConnectionOption();
        var to = new Option<string?>("--to")
        {
            Description = "The last migration to apply. An earlier one reverts the migrations after it; 0 reverts all.",
        };
        var lockTimeout = new Option<int>("--lock-timeout")
        {
            Description = "Seconds that a statement may wait for a table lock before its migration fails; 0 waits without a limit.",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command("apply", "Applies pending migrations, each in its own transaction.") { connection, to, lockTimeout };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = new NpgsqlConnectionStringBuilder(TargetDatabase.Require(parsed, connection))
            {
                // A migration may take longer than any request, but must not block requests behind it.
                CommandTimeout = 0,
                Options = $"-c lock_timeout={parsed.GetValue(lockTimeout)}s",
            };
            await using var database = TargetDatabase.Open(target.ConnectionString);
            await using var migrationLock = await AcquireLockAsync(database, output, cancellationToken);
            var done = await ApplyAsync(database, parsed.GetValue(to), output, cancellationToken);
            await output.Out.WriteLineAsync(done == 0 ? "Nothing to do." : $"{done} migration(s) done.");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> ApplyAsync(OpenDatabase database, string? to, Output output, CancellationToken cancellationToken)
    {
        var migrator = database.Context.GetService<IMigrator>();
        var applied = (await database.Context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var steps = Steps([.. database.Context.Database.GetMigrations()], applied, to);
        foreach (var (migration, back) in steps)
        {
            var clock = Stopwatch.StartNew();
            await output.Out.WriteAsync(back is null ? $"Applying {migration} … " : $"Reverting {migration} … ");
            await migrator.MigrateAsync(back ?? migration, cancellationToken);
            await output.Out.WriteLineAsync($"{clock.Elapsed.TotalSeconds:F1} s");
        }

        return steps.Count;
    }

    /// <summary>The migrations to apply, or to revert by migrating to the one before.</summary>
    private static List<(string Migration, string? Back)> Steps(List<string> known, List<string> applied, string? to)
    {
        var end = to switch
        {
            null => known.Count,
            "0" => 0,
            _ => MigrationNames.IndexOf(known, to) + 1,
        };
        var forward = known.Take(end).Where(migration => !applied.Contains(migration)).Select(migration => (migration, (string?)null));
        var back = known.Index().Skip(end).Where(step => applied.Contains(step.Item)).Reverse()
            .Select(step => (step.Item, (string?)(step.Index == 0 ? "0" : known[step.Index - 1])));
        return [.. to is null ? forward : back.Concat(forward)];
    }

    private static async Task<NpgsqlConnection> AcquireLockAsync(OpenDatabase database, Output output, CancellationToken cancellationToken)
    {
        var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var tryLock = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
        if (await tryLock.ExecuteScalarAsync(cancellationToken) is false)
        {
            await output.Out.WriteLineAsync("Another process is applying migrations; waiting.");
            await using var waitForLock = new NpgsqlCommand($"SET lock_timeout = 0; SELECT pg_advisory_lock({LockKey})", connection);
            await waitForLock.ExecuteNonQueryAsync(cancellationToken);
        }

        return connection;
    }
}
