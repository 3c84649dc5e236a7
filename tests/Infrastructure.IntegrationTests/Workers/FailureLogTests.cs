using ChatPlatform.Infrastructure.IntegrationTests.Postgres;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Workers;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Workers;

public sealed class FailureLogTests
{
    private static readonly NpgsqlException Unreachable = new("Failed to connect", new IOException("refused\nand more"));

    [Test]
    public void Repeated_failures_are_one_line_and_a_count_a_minute()
    {
        var log = new RecordingLogger();
        var clock = new StoppedClock();
        var failures = new FailureLog(log, clock);

        for (var second = 0; second <= 120; second++)
        {
            failures.Write(Unreachable, "Work failed");
            clock.Seconds++;
        }

        Assert.That(log.Errors, Is.EqualTo(new[]
        {
            "Work failed: refused",
            "Work failed: refused (59 more failures were not logged)",
            "Work failed: refused (59 more failures were not logged)",
        }));
        Assert.That(log.Exceptions, Is.Empty, "no stack traces");
    }

    [Test]
    public void Another_kind_of_failure_is_logged_at_once_and_with_its_stack_trace()
    {
        var log = new RecordingLogger();
        var failures = new FailureLog(log, new StoppedClock());
        var bug = new InvalidOperationException("bug");

        failures.Write(Unreachable, "Work failed");
        failures.Write(bug, "Work failed");
        failures.Write(bug, "Work failed");

        Assert.That(log.Errors, Is.EqualTo(new[] { "Work failed: refused", "Work failed: bug" }));
        Assert.That(log.Exceptions, Is.EqualTo(new[] { bug }));
    }

    [TestCase("57014", true, Description = "statement_timeout, pg_cancel_backend")]
    [TestCase("57P01", true, Description = "shutdown")]
    [TestCase("25P03", true, Description = "idle_in_transaction_session_timeout")]
    [TestCase("25P04", true, Description = "transaction_timeout")]
    [TestCase("53100", true, Description = "disk full")]
    [TestCase("55P03", true, Description = "lock_timeout")]
    [TestCase("23505", false, Description = "unique violation")]
    [TestCase("42601", false, Description = "syntax error")]
    public void Codes_of_an_unavailable_database(string state, bool expected)
    {
        var failure = new InvalidOperationException("wrapped", new PostgresException("text", "ERROR", "ERROR", state));

        Assert.That(DatabaseFailure.IsUnavailable(failure), Is.EqualTo(expected));
        Assert.That(DatabaseFailure.IsOfDriver(failure), Is.False);
    }

    [Test]
    public void Failures_of_the_driver()
    {
        Assert.Multiple(() =>
        {
            Assert.That(DatabaseFailure.IsOfDriver(new NpgsqlException("no SSL")), Is.True);
            Assert.That(DatabaseFailure.IsOfDriver(new KeyNotFoundException { Source = "Npgsql" }), Is.True);
            Assert.That(
                DatabaseFailure.IsOfDriver(new InvalidOperationException("wrapped", new KeyNotFoundException { Source = "Npgsql" })), Is.True);
            Assert.That(DatabaseFailure.IsOfDriver(new KeyNotFoundException()), Is.False);
            Assert.That(DatabaseFailure.IsOfDriver(new InvalidCastException { Source = "Npgsql" }), Is.False, "a value of a wrong type");
        });
    }

    private sealed class StoppedClock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
