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
        var command = new Command("rebuild", "Makes the statistics anew from the messages, piece by piece; servers go on meanwhile.")
        {
            connection,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = new ServiceCollection().AddLogging()
                .AddInfrastructure(TargetDatabase.Require(parsed, connection)).BuildServiceProvider();
            var rebuild = services.GetRequiredService<StatisticsRebuild>();
            await foreach (var piece in rebuild.RebuildAsync(applicationId: null, cancellationToken))
            {
                await output.Out.WriteLineAsync(piece);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
