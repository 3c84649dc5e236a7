using ChatPlatform.Infrastructure.Workers;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>
/// A PostgreSQL server that this process owns. One process at a time owns a database folder; a server whose owner was killed keeps
/// running, and the next start adopts it. A server that ends is started again, at the same address.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRestartPause = TimeSpan.FromSeconds(30);

    private readonly PostgresHome _home;
    private readonly DataFolderLock _ownership;
    private readonly PrivatePostgresOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _watching = new();
    private readonly Task _watch;
    private volatile PostgresServer _server;
    private int _stopped;

    private PrivatePostgres(
        PostgresHome home, PostgresServer server, DataFolderLock ownership, PrivatePostgresOptions options, bool adopted, ILogger logger)
    {
        (_home, _server, _ownership, _options, _logger) = (home, server, ownership, options, logger);
        Adopted = adopted;
        ConnectionString = server.ConnectionString(options.DatabaseName, pooled: true);
        _watch = WatchAsync();
    }

    /// <summary>For Npgsql, to the configured database as superuser. It may differ after each start.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether the server was already running, left by a killed owner.</summary>
    public bool Adopted { get; }

    /// <summary>The actual folder: as root, below <c>/var/lib/chatplatform</c> if PostgreSQL cannot access the requested one.</summary>
    public string DataDirectory => _home.Root;

    /// <summary>Adopts or starts the server; creates cluster and database at the first start.</summary>
    /// <exception cref="PrivatePostgresException">PostgreSQL cannot run here, or another process owns the folder.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, ILogger logger, CancellationToken ct = default)
    {
        try
        {
            var home = await PostgresHome.PrepareAsync(options.DataDirectory, logger, ct);
            var ownership = DataFolderLock.Acquire(home);
            try
            {
                return await StartOwnedAsync(home, ownership, options, logger, ct);
            }
            catch
            {
                ownership.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PrivatePostgresException(
                $"The private PostgreSQL in {options.DataDirectory} did not start: {failure.Message} {PrivatePostgresException.Hint}",
                failure);
        }
    }

    /// <summary>Fast shutdown: ends open sessions and writes everything. Cancelling stops the waiting, not the shutdown.</summary>
    public async Task StopAsync(CancellationToken ct = default)
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        await _watching.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            using (var pool = new NpgsqlConnection(ConnectionString))
            {
                NpgsqlConnection.ClearPool(pool);
            }

            await _server.StopAsync(ct);
            _logger.LogInformation("PostgreSQL (process {Process}) has stopped.", _server.ProcessId);
        }
        finally
        {
            _ownership.Dispose();
            _watching.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        try
        {
            await StopAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _logger.LogWarning("PostgreSQL did not stop within {Timeout}; aborting it without a final checkpoint.", StopTimeout);
            using var abortTimeout = new CancellationTokenSource(StopTimeout);
            await _server.AbortAsync(abortTimeout.Token);
        }
    }

    private static async Task<PrivatePostgres> StartOwnedAsync(
        PostgresHome home, DataFolderLock ownership, PrivatePostgresOptions options, ILogger logger, CancellationToken ct)
    {
        if (await AdoptAsync(home, options, logger, ct) is { } running)
        {
            return new PrivatePostgres(home, running, ownership, options, adopted: true, logger);
        }

        var binaries = await PostgresBinaries.LocateAsync(options, home, logger, ct);
        await PostgresCluster.EnsureAsync(home, binaries, options, ct);
        var server = await LaunchAsync(home, binaries, options, previous: null, logger, ct);
        return new PrivatePostgres(home, server, ownership, options, adopted: false, logger);
    }

    private static async Task<PostgresServer?> AdoptAsync(
        PostgresHome home, PrivatePostgresOptions options, ILogger logger, CancellationToken ct)
    {
        if (await WithTimeoutAsync(options, home, limit => PostgresServer.FindAsync(home, limit), ct) is not { } running)
        {
            return null;
        }

        await running.ReconfigureAsync(options.Durable, ct);
        await running.EnsureDatabaseAsync(options.DatabaseName, ct);
        logger.LogInformation("PostgreSQL was still running as process {Process}, data in {Folder}.", running.ProcessId, home.Data);
        return running;
    }

    private static async Task<PostgresServer> LaunchAsync(
        PostgresHome home,
        PostgresBinaries binaries,
        PrivatePostgresOptions options,
        PostgresServer? previous,
        ILogger logger,
        CancellationToken ct)
    {
        try
        {
            var server = await WithTimeoutAsync(
                options, home, limit => PostgresLauncher.LaunchAsync(home, binaries, options, previous, limit), ct);
            await server.EnsureDatabaseAsync(options.DatabaseName, ct);
            logger.LogInformation(
                "PostgreSQL {Version} runs as process {Process}, data in {Folder}.", binaries.Major, server.ProcessId, home.Data);
            return server;
        }
        catch
        {
            await AbortLeftoverServerAsync(home);
            throw;
        }
    }

    private static async Task AbortLeftoverServerAsync(PostgresHome home)
    {
        if (PostmasterFile.TryRead(home.Data) is { } file)
        {
            using var timeout = new CancellationTokenSource(StopTimeout);
            await new PostgresServer(home, file).AbortAsync(timeout.Token);
        }
    }

    private static async Task<T> WithTimeoutAsync<T>(
        PrivatePostgresOptions options, PostgresHome home, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.StartTimeout);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException failure) when (!ct.IsCancellationRequested)
        {
            throw new PrivatePostgresException(
                $"The PostgreSQL on {home.Data} did not answer within {options.StartTimeout}. The end of its log:\n"
                + PostgresLog.Tail(home),
                failure);
        }
    }

    private async Task WatchAsync()
    {
        var failures = new FailureLog(_logger, TimeProvider.System);
        PostgresServer? reported = null;
        var pause = TimeSpan.Zero;
        using var timer = new PeriodicTimer(WatchInterval);
        while (await timer.WaitForNextTickAsync(_watching.Token))
        {
            if (_server.IsAlive)
            {
                // Shrinks slowly, so that a server that ends again and again is not started every second.
                pause = pause > WatchInterval ? pause - WatchInterval : TimeSpan.Zero;
                continue;
            }

            try
            {
                if (reported != _server)
                {
                    reported = _server;
                    _logger.LogCritical(
                        "PostgreSQL (process {Process}) has died and is started again. The end of its log in {Log}:\n{Tail}",
                        _server.ProcessId, _home.Log, PostgresLog.Tail(_home));
                }

                await Task.Delay(pause, _watching.Token);
                pause = pause * 2 < MaxRestartPause ? pause * 2 + WatchInterval : MaxRestartPause;
                _server = await RestartAsync(_watching.Token);
            }
            catch (Exception failure) when (!_watching.IsCancellationRequested)
            {
                // A full disk, for example, which will have room again.
                failures.Write(failure, "PostgreSQL could not be started again; it is retried");
            }
        }
    }

    /// <summary>Keeps data and address. Never creates a new cluster: lost data must not look like an empty server.</summary>
    private async Task<PostgresServer> RestartAsync(CancellationToken ct)
    {
        if (await AdoptAsync(_home, _options, _logger, ct) is { } running)
        {
            return running;
        }

        var binaries = await PostgresBinaries.LocateAsync(_options, _home, _logger, ct);
        return await LaunchAsync(_home, binaries, _options, _server, _logger, ct);
    }
}
