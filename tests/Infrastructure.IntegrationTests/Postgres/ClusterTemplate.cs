using ChatPlatform.Infrastructure.Postgres;
using ChatPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>A database folder created once; copying it takes a tenth of the time.</summary>
[SetUpFixture]
public sealed class ClusterTemplate
{
    private static readonly Lazy<Task<string>> Instance = new(CreateAsync);

    /// <summary>No effect if the folder exists.</summary>
    public static async Task CopyToAsync(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Copy(await Instance.Value, folder);
        }
    }

    [OneTimeTearDown]
    public static async Task Remove()
    {
        if (Instance.IsValueCreated)
        {
            Directory.Delete(await Instance.Value, recursive: true);
        }
    }

    private static async Task<string> CreateAsync()
    {
        await using var server = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions
            {
                DataDirectory = ScratchFolder.New("chatplatform-template-"),
                Durable = false,
            },
            NullLogger.Instance);
        return server.DataDirectory;
    }

    private static void Copy(string from, string to)
    {
        // PostgreSQL refuses a data folder that others can access.
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(to) : Directory.CreateDirectory(to, File.GetUnixFileMode(from));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
