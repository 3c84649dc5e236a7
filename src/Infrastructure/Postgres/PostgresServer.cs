using System.Net;
using Npgsql;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>A server that runs on the folders of <see cref="PostgresHome"/>, whichever process started it.</summary>
internal sealed class PostgresServer(PostgresHome home, PostmasterFile postmaster)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    public int ProcessId => postmaster.ProcessId;

    public int Port => postmaster.Port;

    public string SocketFolder => postmaster.SocketFolder;

    public bool IsAlive => PostmasterProcess.IsAlive(postmaster.ProcessId);

    /// <summary>The running server, once it accepts connections; null if there is none or it is stopping.</summary>
    public static async Task<PostgresServer?> FindAsync(PostgresHome home, CancellationToken ct)
    {
        PostmasterFile? seen = null;
        while (PostmasterFile.TryRead(home.Data) is { } file)
        {
            seen = file;
            if (!file.IsRunning())
            {
                break;
            }

            var server = new PostgresServer(home, file);
            if (await server.IsAcceptingConnectionsAsync(ct))
            {
                return server;
            }

            await Task.Delay(PollInterval, ct);
        }

        if (seen is not null)
        {
            Postgres.SocketFolder.Remove(home, seen.SocketFolder);
            DeleteStaleFile(seen);
        }

        return null;
    }

    public string ConnectionString(string database, bool pooled)
    {
        var overSocket = postmaster.SocketFolder.Length > 0;
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = overSocket ? postmaster.SocketFolder : IPAddress.Loopback.ToString(),
            Port = postmaster.Port,
            Username = PostgresCluster.Role,
            Database = database,
            ApplicationName = "ChatPlatform",
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Pooling = pooled,
        };
        if (!overSocket)
        {
            builder.Password = File.ReadAllText(home.Password);
        }

        if (pooled)
        {
            builder.MaxPoolSize = 80;
        }

        return builder.ConnectionString;
    }

    public async Task<bool> IsAcceptingConnectionsAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooled: false));
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            return await command.ExecuteScalarAsync(ct) is 1;
        }
        catch (PostgresException refusal) when (refusal.SqlState != PostgresErrorCodes.CannotConnectNow)
        {
            throw new PrivatePostgresException($"The PostgreSQL on {home.Data} refused the connection: {refusal.MessageText}", refusal);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public async Task EnsureDatabaseAsync(string name, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooled: false));
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        exists.Parameters.Add(new NpgsqlParameter { Value = name });
        if (await exists.ExecuteScalarAsync(ct) is null)
        {
            var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(name);
            await using var create = new NpgsqlCommand($"CREATE DATABASE {quoted}", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Applies the current settings to an adopted server, as far as they can change while it runs.</summary>
    public async Task ReconfigureAsync(bool durable, CancellationToken ct)
    {
        var socket = postmaster.SocketFolder.Length > 0 ? postmaster.SocketFolder : null;
        await PostgresCluster.WriteSettingsAsync(home, PostgresSettings.Render(durable, home.Log, socket, postmaster.Port), ct);
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooled: false));
        await connection.OpenAsync(ct);
        await using var reload = new NpgsqlCommand("SELECT pg_reload_conf()", connection);
        await reload.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Fast shutdown; returns once the process has ended.</summary>
    public Task StopAsync(CancellationToken ct) => EndAsync(PostmasterProcess.ShutDown, ct);

    public Task AbortAsync(CancellationToken ct) => EndAsync(PostmasterProcess.Abort, ct);

    private async Task EndAsync(Action<int> signal, CancellationToken ct)
    {
        if (postmaster.IsRunning())
        {
            signal(postmaster.ProcessId);
            while (IsAlive)
            {
                await Task.Delay(PollInterval, ct);
            }
        }

        Postgres.SocketFolder.Remove(home, postmaster.SocketFolder);
    }

    /// <summary>
    /// PostgreSQL would take any process with that id for itself and refuse to start: a foreign one, or its own zombie. Its other
    /// safeguard, the shared memory of the data folder, remains.
    /// </summary>
    private static void DeleteStaleFile(PostmasterFile file)
    {
        if (PostmasterProcess.IsListed(file.ProcessId) && !file.IsRunning())
        {
            File.Delete(file.Path);
        }
    }
}
