using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Respawn;

namespace ChatPlatform.Testing;

/// <summary>
/// A database on this process's throw-away server. The migrations and <see cref="SeededCommunity"/> are put once into a template;
/// every fixture works on a clone of its own.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Template = "seeded_template";
    private const int ResetTries = 5;

    /// <summary>Creates the template; the result is the SQL that resets a clone of it.</summary>
    private static readonly Lazy<Task<string>> TemplateReady = new(CreateTemplateAsync);

    private readonly bool _isView;
    private string? _resetSql;

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
        var resetSql = await TemplateReady.Value;
        var database = await CreateAsync($"TEMPLATE {Template}");
        database._resetSql = resetSql;
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
        var sql = _resetSql ?? throw new InvalidOperationException("An empty database has no rows to go back to.");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = DataSource.CreateCommand(sql);
                await command.ExecuteNonQueryAsync();
                return;
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DeadlockDetected && attempt < ResetTries)
            {
                // A background worker of a running server locked the same rows in another order.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (!_isView)
        {
            await ExecuteOnServerAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)");
        }
    }

    private static async Task<string> CreateTemplateAsync()
    {
        await ExecuteOnServerAsync($"CREATE DATABASE {Template}");
        var database = new TestDatabase(await ConnectionStringOfAsync(Template));

        // The template must have no connection left when it is cloned, so its pool goes with it.
        await using (database.DataSource)
        {
            await database.MigrateAsync();
            await database.SeedAsync();

            // So that approved files never show the id of a session as the one of a user.
            await using var sessions = database.DataSource.CreateCommand("SELECT setval('session_ids', 1000001)");
            await sessions.ExecuteNonQueryAsync();
            return await SnapshotAsync(database.DataSource);
        }
    }

    /// <summary>
    /// Copies the rows of a database into another schema of it. Returns the SQL that brings them back: Respawn's deletes and the inserts
    /// as one statement, so a running server never sees an empty database.
    /// </summary>
    private static async Task<string> SnapshotAsync(NpgsqlDataSource source)
    {
        const string history = "migrations_history";
        await using var connection = await source.OpenConnectionAsync();
        var respawner = await Respawner.CreateAsync(connection, new RespawnerOptions
        {
            DbAdapter = DbAdapter.Postgres,
            SchemasToInclude = ["public"],
            TablesToIgnore = [history],

            // TRUNCATE, Respawn's default, makes a new file per table: ten times slower here.
            FormatDeleteStatement = table => $"DELETE FROM {table.Schema}.{table.Name};",
        });
        const string sql = $"""
            SELECT
              string_agg(format('CREATE TABLE seeded.%1$I AS SELECT %2$s FROM public.%1$I;', name, columns), E'\n'),
              string_agg(format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM seeded.%1$I;', name, columns), E'\n')
            FROM (
              SELECT table_name AS name, string_agg(quote_ident(column_name), ', ') AS columns
              FROM information_schema.tables
              JOIN information_schema.columns USING (table_schema, table_name)
              WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '{history}' AND is_generated = 'NEVER'
              GROUP BY table_name
            ) tables
            WHERE query_to_xml(format('SELECT 1 FROM public.%I LIMIT 1', name), false, true, '')::text <> ''
            """;
        string copies, inserts;
        await using (var command = new NpgsqlCommand(sql, connection))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            await rows.ReadAsync();
            (copies, inserts) = (rows.GetString(0), rows.GetString(1));
        }

        await using var copy = new NpgsqlCommand($"CREATE SCHEMA seeded; {copies}", connection);
        await copy.ExecuteNonQueryAsync();

        // As a replica no trigger and no foreign key is checked, so the order of the inserts does not matter.
        return $"DO $$ BEGIN SET LOCAL session_replication_role = replica; {respawner.DeleteSql} {inserts} END $$";
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
