using System.CommandLine;
using System.Runtime.CompilerServices;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Migrations.Verification;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Migrations.Commands;

internal static class VerifyCommand
{
    public static Command Create(Output output)
    {
        var connection = TargetDatabase.ConnectionOption();
        var command = new Command("verify", "Checks that model, migrations, database and statistics agree. Exit code 1 if they differ.")
        {
            connection,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = TargetDatabase.Open(TargetDatabase.Require(parsed, connection));
            var differences = 0;
            await foreach (var difference in DifferencesAsync(database, cancellationToken))
            {
                differences++;
                await output.Out.WriteLineAsync(difference);
            }

            await output.Out.WriteLineAsync(differences == 0 ? "Everything agrees." : $"{differences} difference(s).");
            return differences == 0 ? ExitCode.Done : ExitCode.Differs;
        });
        return command;
    }

    private static async IAsyncEnumerable<string> DifferencesAsync(
        OpenDatabase database, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (database.Context.Database.HasPendingModelChanges())
        {
            yield return "The model has changes without a migration: dotnet ef migrations add <Name> -p migrations";
        }

        var pending = (await database.Context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        foreach (var migration in pending)
        {
            yield return $"pending: {migration}";
        }

        var expected = SchemaFacts.OfModel(database.Context);
        var found = await SchemaFacts.OfDatabaseAsync(database.Context, database.Source, cancellationToken);
        foreach (var missing in expected.Except(found).Order())
        {
            yield return $"missing: {missing}";
        }

        // Administrators may add indexes and sequences.
        foreach (var unexpected in found.Except(expected).Where(fact => !fact.StartsWith("index ", StringComparison.Ordinal)
            && !fact.StartsWith("sequence ", StringComparison.Ordinal)).Order())
        {
            yield return $"unexpected: {unexpected}";
        }

        if (pending.Count > 0)
        {
            yield break;
        }

        await foreach (var difference in new StatisticsVerifier(database.Source).VerifyAsync(applicationId: null, cancellationToken))
        {
            yield return $"statistics: {difference}";
        }
    }
}
