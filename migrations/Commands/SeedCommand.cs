using System.CommandLine;
using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Demo;
using ChatPlatform.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Migrations.Commands;

internal static class SeedCommand
{
    private const string NewApplication = "demo";

    public static Command Create(Output output)
    {
        var connection = TargetDatabase.ConnectionOption();
        var key = new Option<string?>("--application", "-a")
        {
            Description = $"Key of the application to fill. Default: the only one; an empty database gets '{NewApplication}'.",
        };
        var command = new Command("seed", "Fills an application with a generated community: ninety days of messages up to now.")
        {
            connection, key,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = new ServiceCollection().AddLogging()
                .AddInfrastructure(TargetDatabase.Require(parsed, connection)).BuildServiceProvider();
            await using var scope = services.CreateAsyncScope();
            await BootstrapAsync(scope.ServiceProvider, output, cancellationToken);
            var application = await ChooseAsync(scope.ServiceProvider, parsed.GetValue(key), cancellationToken);
            var seeded = await new DemoCommunity(scope.ServiceProvider.GetRequiredService<ChatDbContext>(), TimeProvider.System)
                .SeedAsync(application, cancellationToken);
            await output.Out.WriteLineAsync(seeded is null
                ? "The community already exists; nothing changed."
                : $"{seeded.Users} users, {seeded.Channels} channels, {seeded.Messages} messages, {seeded.Sessions} sessions.");
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Creates the first application of an empty database, as the server would.</summary>
    private static async Task BootstrapAsync(IServiceProvider services, Output output, CancellationToken cancellationToken)
    {
        var credentials = new BootstrapCredentials(
            NewApplication, SecretToken.Generate(), SecretToken.Generate(), "admin", SecretToken.Generate());
        var created = await services.GetRequiredService<IMediator>().Send(new Bootstrap(credentials), cancellationToken);
        if (created.Value)
        {
            await output.Out.WriteLineAsync(
                $"""
                Created the first application. These credentials are shown only once:
                  client id       {credentials.ClientId}
                  client secret   {credentials.ClientSecret}
                  developer key   {credentials.DeveloperKey}
                  admin           {credentials.AdminUsername}
                  admin password  {credentials.AdminPassword}
                """);
        }
    }

    private static async Task<long> ChooseAsync(IServiceProvider services, string? key, CancellationToken cancellationToken)
    {
        var known = await services.GetRequiredService<IChatDbContext>().Applications
            .ToDictionaryAsync(application => application.Key, application => application.Id, cancellationToken);
        if (key is null)
        {
            return known.Count == 1
                ? known.Values.Single()
                : throw new UsageException(
                    $"Several applications exist. Use --application with one of: {string.Join(", ", known.Keys.Order())}");
        }

        return known.TryGetValue(key, out var id)
            ? id
            : throw new UsageException($"There is no application '{key}'. Known: {string.Join(", ", known.Keys.Order())}");
    }
}
