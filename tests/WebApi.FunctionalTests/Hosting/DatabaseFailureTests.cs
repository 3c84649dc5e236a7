using System.Collections.Concurrent;
using System.Net.Http.Headers;
using ChatPlatform.Application.Applications;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>Failures of the database are 503 and do not fill the log.</summary>
internal sealed class DatabaseFailureTests : ServerTest
{
    private static readonly Uri Users = new("/v1/users", UriKind.Relative);

    [Test]
    public async Task A_statement_that_exceeds_its_time_limit_is_503()
    {
        await using var server = new ServerFactory(Database, Clock);
        server.Settings["ConnectionStrings:ChatPlatform"] = $"{Database.ConnectionString};Options=-c statement_timeout=500";
        using var client = server.ClientFor(SeededCommunity.Riverside);
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("LOCK TABLE users IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();

        using var response = await client.GetAsync(Users);

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("temporarily unavailable").And.Not.Contain("timeout"));
    }

    [Test]
    public async Task A_driver_that_lost_track_of_the_protocol_is_503_and_logged_with_its_stack_trace()
    {
        var failure = new InvalidOperationException("Received unexpected backend message") { Source = "Npgsql" };
        var log = new Log();
        await using var server = Failing(_ => throw failure, log);
        using var client = ClientOf(server);

        using var response = await client.GetAsync(Users);

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("backend message"));
        Assert.That(log.Entries, Is.EqualTo(new[]
        {
            ("Database unavailable for GET /v1/users: Received unexpected backend message", (Exception?)failure),
        }));
    }

    [Test]
    public async Task An_unreachable_database_is_one_line_for_many_requests()
    {
        var log = new Log();
        await using var server = Failing(_ => throw new NpgsqlException("Failed to connect", new IOException("Connection refused")), log);
        using var client = ClientOf(server);

        for (var i = 0; i < 20; i++)
        {
            using var response = await client.GetAsync(Users);
            Assert.That((int)response.StatusCode, Is.EqualTo(503));
        }

        Assert.That(log.Entries, Is.EqualTo(new[] { ("Database unavailable for GET /v1/users: Connection refused", (Exception?)null) }));
    }

    [Test]
    public async Task A_caller_that_hangs_up_leaves_no_line()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new Log();
        await using var server = Failing(
            async aborted =>
            {
                started.TrySetResult();
                await Task.Delay(Timeout.Infinite, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                ended.TrySetResult();
                throw new InvalidOperationException("Received unexpected backend message") { Source = "Npgsql" };
            },
            log);
        using var client = ClientOf(server);
        using var hangUp = new CancellationTokenSource();

        var request = client.GetAsync(Users, hangUp.Token);
        await started.Task;
        await hangUp.CancelAsync();
        Assert.That(async () => await request, Throws.InstanceOf<OperationCanceledException>());
        await ended.Task;
        await server.DisposeAsync();

        Assert.That(log.Entries, Is.Empty);
    }

    private ServerFactory Failing(Func<CancellationToken, Task> work, Log log) => new(Database, Clock)
    {
        Replacements = services => services.AddSingleton<ICredentialReader>(new FailingReader(work)).AddSingleton<ILoggerProvider>(log),
    };

    private static HttpClient ClientOf(ServerFactory server)
    {
        var client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "anything");
        return client;
    }

    private sealed class FailingReader(Func<CancellationToken, Task> work) : ICredentialReader
    {
        public async Task<Caller?> FindByAccessTokenAsync(byte[] tokenHash, CancellationToken cancellationToken)
        {
            await work(cancellationToken);
            return null;
        }

        public Task<Caller?> FindByDeveloperKeyAsync(byte[] keyHash, CancellationToken cancellationToken) =>
            FindByAccessTokenAsync(keyHash, cancellationToken);

        public Task<Caller?> FindByLoginTokenAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
            FindByAccessTokenAsync(tokenHash, cancellationToken);
    }

    /// <summary>Keeps warnings and errors of all categories.</summary>
    private sealed class Log : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(string Message, Exception? Exception)> _entries = new();

        public IEnumerable<(string Message, Exception? Exception)> Entries => _entries;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _entries.Enqueue((formatter(state, exception), exception));
            }
        }

        public void Dispose() { }
    }
}
