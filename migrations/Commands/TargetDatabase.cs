using System.CommandLine;
using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Migrations.Commands;

/// <summary>The database that a command works on.</summary>
internal static class TargetDatabase
{
    private const string Variable = "ConnectionStrings__ChatPlatform";

    public static Option<string?> ConnectionOption() => new("--connection", "-c")
    {
        Description = $"Npgsql connection string of the owner role; without it the environment variable {Variable}.",
    };

    /// <summary>What was given, or the environment's; null when there is neither.</summary>
    public static string? Find(ParseResult parsed, Option<string?> connection) =>
        parsed.GetValue(connection) ?? Environment.GetEnvironmentVariable(Variable);

    public static string Require(ParseResult parsed, Option<string?> connection) => Find(parsed, connection)
        ?? throw new UsageException($"Which database? Give --connection or set {Variable}.");

    /// <summary>A context that disposes its data source with itself.</summary>
    public static OpenDatabase Open(string connectionString)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        DependencyInjection.Configure(options, source);
        return new OpenDatabase(source, new ChatDbContext(options.Options));
    }
}

internal sealed record OpenDatabase(NpgsqlDataSource Source, ChatDbContext Context) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        await Source.DisposeAsync();
    }
}
