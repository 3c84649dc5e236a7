using ChatPlatform.Application.Common;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

public sealed class PreparedReportsTests : DatabaseTest
{
    /// <summary>Periods with and without partial buckets, and pages with and without a limit.</summary>
    [Test]
    public async Task Each_report_is_planned_once_per_connection()
    {
        var now = Clock.Now;
        foreach (var start in new[] { now.Date, now.Date.AddHours(-3).AddMilliseconds(433_123), now })
        {
            await SendAsync(Riverside, new GetBusyHours(start));
            await SendAsync(Riverside, new ListPopularChannels(start, now));
            await SendAsync(Riverside, new ListChannelActivity(start, now, start.Hour > 0 ? "Asia/Kathmandu" : null));
            await SendAsync(Riverside, new GetMessageOrigins(start, now));
            foreach (var period in new Period?[] { null, new Period(start, now) })
            {
                foreach (var limit in new int?[] { null, 2 })
                {
                    await ReadAsync(new ListUserTotals(period, 0, limit));
                    await ReadAsync(new ListChatters(Lobby.Id, period, 0, limit));
                    await ReadAsync(new ListChatters(null, period, 0, limit));
                }
            }
        }

        await ReadAsync(new ListChannelTotals());
        await ReadAsync(new ListChannelTotals(Lobby.Id, true, 0, 10));

        // No statements ran in parallel, so all used one connection.
        var command = Services.GetRequiredService<StatisticsDatabase>().Reading.CreateCommand(
            "SELECT split_part(statement, E'\\n', 1), generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '-- %'");
        var reports = await RollupReader
            .RowsAsync(command, row => (Title: row.GetString(0), Generic: row.GetInt64(1), Custom: row.GetInt64(2)), CancellationToken.None)
            .ToListAsync();

        // 50 calls, each of which reads the state of the rollups first.
        Assert.That(reports.Select(report => report.Title), Is.Unique);
        Assert.That(reports, Has.Count.EqualTo(9), string.Join('\n', reports));
        Assert.That(reports.Sum(report => report.Generic), Is.EqualTo(100), string.Join('\n', reports));
        Assert.That(reports.Select(report => report.Custom), Is.All.Zero, string.Join('\n', reports));
    }

    /// <summary>After an automatic preparation by Npgsql 10.0.3 the second report fails in the driver.</summary>
    [Test]
    public async Task Report_after_one_that_failed_while_it_was_planned_is_read()
    {
        await ExecuteAsync(
            """
            CREATE TABLE trouble ();
            CREATE FUNCTION planned() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
              'BEGIN IF to_regclass(''trouble'') IS NOT NULL THEN RAISE query_canceled; END IF; RETURN 6; END'
            """);
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(Riverside.Id);
        var rollups = scope.ServiceProvider.GetRequiredService<RollupReader>();

        Assert.ThrowsAsync<PostgresException>(ReadAsync);
        await ExecuteAsync("DROP TABLE trouble");
        Assert.That(await ReadAsync(), Is.EqualTo(new[] { 6 }));
        Assert.That(await ReadAsync(), Is.EqualTo(new[] { 6 }));

        Task<List<int>> ReadAsync() =>
            rollups.ListAsync(rollups.Command("SELECT planned() WHERE @application > 0"), row => row.GetInt32(0), CancellationToken.None);
    }

    [Test]
    public void Settings_of_the_connection_string_are_kept()
    {
        using var database = new StatisticsDatabase("Host=pooler;Max Auto Prepare=0;Minimum Pool Size=5;Maximum Pool Size=5");

        Assert.That(database.Reading.ConnectionString, Does.Contain("Max Auto Prepare=0").And.Contain("Maximum Pool Size=2"));
        Assert.That(database.Writing.ConnectionString, Does.Contain("Max Auto Prepare=0").And.Contain("Maximum Pool Size=5"));
    }

    private async Task ReadAsync<T>(MediatR.IRequest<Domain.Common.Result<IAsyncEnumerable<T>>> request) =>
        await (await SendAsync(Riverside, request)).Value.LastOrDefaultAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
