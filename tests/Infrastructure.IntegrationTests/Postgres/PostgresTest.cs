using System.Globalization;
using ChatPlatform.Infrastructure.Packages;
using ChatPlatform.Infrastructure.Postgres;
using ChatPlatform.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>Starts private servers in a new folder for each test.</summary>
public abstract class PostgresTest
{
    /// <summary>A hanging test fails.</summary>
    protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly List<string> _dataFolders = [];

    protected string Folder { get; private set; } = null!;

    [SetUp]
    public void CreateFolder()
    {
        Folder = ScratchFolder.New("chatplatform-postgres-");
        SharedFolder.Create(Folder);
    }

    [TearDown]
    public void RemoveFolder()
    {
        foreach (var folder in _dataFolders.Append(Folder).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Not durable, for speed; uses the folder <c>pg</c> of <see cref="Folder"/>.</summary>
    protected PrivatePostgresOptions Options => new() { DataDirectory = Path.Combine(Folder, "pg"), Durable = false };

    protected async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions? options = null, ILogger? logger = null)
    {
        options ??= Options;
        await ClusterTemplate.CopyToAsync(options.DataDirectory);
        return await StartFromNothingAsync(options, logger);
    }

    protected async Task<PrivatePostgres> StartFromNothingAsync(PrivatePostgresOptions? options = null, ILogger? logger = null)
    {
        var server = await PrivatePostgres.StartAsync(options ?? Options, logger ?? NullLogger.Instance);
        _dataFolders.Add(server.DataDirectory);
        return server;
    }

    protected static async Task<T?> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    protected static Task<string?> SettingAsync(PrivatePostgres server, string name) =>
        ScalarAsync<string>(server.ConnectionString, $"SELECT current_setting('{name}')");

    /// <summary>The process id of the server.</summary>
    protected static int Postmaster(PrivatePostgres server) =>
        int.Parse(File.ReadLines(Path.Combine(server.DataDirectory, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    protected static string SocketFolderOf(PrivatePostgres server) => new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
}
