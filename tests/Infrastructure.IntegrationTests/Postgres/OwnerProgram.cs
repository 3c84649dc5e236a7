using ChatPlatform.Infrastructure.IntegrationTests.Functions;
using ChatPlatform.Infrastructure.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>A process that owns a private server until it is killed, which a test process cannot be.</summary>
internal static class OwnerProgram
{
    /// <param name="arguments">The data folder, or that of <see cref="FunctionOwner"/>.</param>
    /// <remarks>Writes the connection string once the server runs; ends with its standard input.</remarks>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments[0] == FunctionOwner.Argument)
        {
            return await FunctionOwner.RunAsync();
        }

        await using var server = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions { DataDirectory = arguments[0], Durable = false }, NullLogger.Instance);
        await Console.Out.WriteLineAsync(server.ConnectionString);
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
