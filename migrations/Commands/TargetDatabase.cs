using System.CommandLine;
using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Migrations.Commands;

internal static class TargetDatabase
{
    private const string Variable = "ConnectionStrings__ChatPlatform";

    public static Option<string?> ConnectionOption() => new("--connection", "-c")
    {
        Description = $"Npgsql connection string of the owner role. Default: the environment variable {Variable}.",
    };

    /// <summary>The option, else the environment variable; null if both are missing.</summary>
    public static string? Find(ParseResult parsed, Option<string?> connection) =>
        parsed.GetValue(connection) ?? Environment.GetEnvironmentVariable(Variable);

    public static string Require(ParseResult parsed, Option<string?> connection) => Find(parsed, connection)
        ?? throw new UsageException($"No database given. Use --connection or set {Variable}.");

    /// <summary>The result owns its data source.</summary>
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
