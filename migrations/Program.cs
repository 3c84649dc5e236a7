using System.CommandLine;
using ChatPlatform.Migrations.Commands;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Migrations;

/// <summary>What an administrator does with the database; migrations/README.md is the runbook.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // `dotnet ef` runs the entry point to look for a host; the design-time factory is all that it needs.
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
        var root = new RootCommand("Shows, applies, scripts and checks the migrations of a ChatPlatform database, and fills it.")
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

/// <summary>Something the caller can put right; shown without a stack.</summary>
internal sealed class UsageException(string message) : Exception(message);

internal sealed record Output(TextWriter Out, TextWriter Error);

internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Migrations are pending, or the check found differences.</summary>
    public const int DifferencesFound = 1;

    /// <summary>The command could not do its work.</summary>
    public const int Failed = 2;
}
