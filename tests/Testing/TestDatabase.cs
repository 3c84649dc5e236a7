using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Testing;

/// <summary>
/// A database on this process's throw-away server. The migrations and <see cref="SeededCommunity"/> are put once into a template;
/// every fixture works on a clone of its own.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Template = "seeded_template";

    private static readonly Lazy<Task> TemplateReady = new(CreateTemplateAsync);

    private DatabaseResetter? _resetter;

    private readonly bool _isView;

    private TestDatabase(string connectionString, bool isView = false)
    {
        _isView = isView;
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>Of a superuser.</summary>
    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>A migrated database that holds the seeded community.</summary>
    public static async Task<TestDatabase> CloneAsync()
    {
        await TemplateReady.Value;
        var database = await CreateAsync($"TEMPLATE {Template}");
        await using var connection = await database.DataSource.OpenConnectionAsync();
        database._resetter = await DatabaseResetter.CreateAsync(connection);
        return database;
    }

    /// <summary>A database without anything in it, to migrate.</summary>
    public static Task<TestDatabase> EmptyAsync() => CreateAsync("TEMPLATE template0");

    /// <summary>A context that shows the rows of one application; 0 shows none.</summary>
    public ChatDbContext ContextFor(long applicationId = 0)
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        DependencyInjection.Configure(options, DataSource);
        return new ChatDbContext(options.Options) { ApplicationId = applicationId };
    }

    /// <summary>The same database by the eyes of another role; disposing it closes its connections only.</summary>
    public TestDatabase As(string role, string password) => new(new NpgsqlConnectionStringBuilder(ConnectionString)
    {
        Username = role,
        Password = password,
    }.ConnectionString, isView: true);

    public async Task MigrateAsync()
    {
        await using var db = ContextFor();
        await db.Database.MigrateAsync();
    }

    /// <summary>Puts <see cref="SeededCommunity"/> into a migrated, empty database.</summary>
    public async Task SeedAsync()
    {
        await using var db = ContextFor();
        await SeededCommunity.SeedAsync(db);
    }

    /// <summary>Brings the seeded rows back and takes all others away. Only for clones.</summary>
    public async Task ResetAsync()
    {
        var resetter = _resetter ?? throw new InvalidOperationException("An empty database has no rows to go back to.");
        await using var connection = await DataSource.OpenConnectionAsync();
        await resetter.ResetAsync(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (!_isView)
        {
            await ExecuteOnServerAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)");
        }
    }

    private static async Task CreateTemplateAsync()
    {
        await ExecuteOnServerAsync($"CREATE DATABASE {Template}");
        var database = new TestDatabase(await ConnectionStringOfAsync(Template));

        // The template must have no connection left when it is cloned, so its pool goes with it.
        await using (database.DataSource)
        {
            await database.MigrateAsync();
            await database.SeedAsync();
        }
    }

    private static async Task<TestDatabase> CreateAsync(string from)
    {
        var name = "test_" + Guid.NewGuid().ToString("N");
        await ExecuteOnServerAsync($"CREATE DATABASE {name} {from}");
        return new TestDatabase(await ConnectionStringOfAsync(name));
    }

    private static async Task<string> ConnectionStringOfAsync(string database) =>
        new NpgsqlConnectionStringBuilder(await TestPostgres.AdminConnectionStringAsync()) { Database = database }.ConnectionString;

    private static async Task ExecuteOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await TestPostgres.AdminConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
