using System.CommandLine;
using ChatPlatform.Migrations.Commands;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Migrations;

/// <summary>The administrator's command line; migrations/README.md is the runbook.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // `dotnet ef` runs the entry point to find a host; it only needs the design-time factory.
        if (EF.IsDesignTime)
        {
            return ExitCode.Success;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        return await RunAsync(args, new Output(Console.Out, Console.Error), stop.Token);
    }

    internal static async Task<int> RunAsync(string[] args, Output output, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Manages the migrations of a ChatPlatform database and fills it with data.")
        {
            StatusCommand.Create(output),
            ScriptCommand.Create(output),
            ApplyCommand.Create(output),
            VerifyCommand.Create(output),
            RebuildCommand.Create(output),
            SeedCommand.Create(output),
            ImportCommand.Create(output),
        };
        var configuration = new InvocationConfiguration
        {
            Output = output.Out,
            Error = output.Error,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await root.Parse(args).InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception refused) when (refused is UsageException or NpgsqlException)
        {
            await output.Error.WriteLineAsync(refused.Message);
            return ExitCode.Failed;
        }
    }
}

/// <summary>An error that the caller can correct; shown without a stack trace.</summary>
internal sealed class UsageException(string message) : Exception(message);

internal sealed record Output(TextWriter Out, TextWriter Error);

internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Migrations are pending, or differences were found.</summary>
    public const int DifferencesFound = 1;

    public const int Failed = 2;
}
