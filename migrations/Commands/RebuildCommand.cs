using System.CommandLine;
using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Statistics;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Migrations.Commands;

internal static class RebuildCommand
{
    public static Command Create(Output output)
    {
        var connection = TargetDatabase.ConnectionOption();
        var command = new Command("rebuild", "Recounts the statistics from the messages in short transactions, while servers keep working.")
        {
            connection,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = new ServiceCollection().AddLogging()
                .AddInfrastructure(TargetDatabase.Require(parsed, connection)).BuildServiceProvider();
            var rebuild = services.GetRequiredService<StatisticsRebuild>();
            await foreach (var line in rebuild.RebuildAsync(applicationId: null, cancellationToken))
            {
                await output.Out.WriteLineAsync(line);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
