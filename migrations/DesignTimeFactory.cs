using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace ChatPlatform.Migrations;

/// <summary>Gives <c>dotnet ef</c> the model. It needs no server, except for commands that read a database.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<ChatDbContext>
{
    public ChatDbContext CreateDbContext(string[] args)
    {
        var connectionString = Environment.GetEnvironmentVariable("ConnectionStrings__ChatPlatform")
            ?? "Host=localhost;Database=chatplatform";
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        DependencyInjection.Configure(options, NpgsqlDataSource.Create(connectionString));
        return new ChatDbContext(options.Options);
    }
}
