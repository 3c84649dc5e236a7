using ChatPlatform.Testing;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Persistence;

/// <summary>The database refuses times that statistics cannot count, whatever wrote them.</summary>
public sealed class TimeCheckTests : DatabaseTest
{
    [Test]
    public async Task Times_out_of_range_are_refused(
        [Values("messages.created_time", "users.created_time", "user_sessions.created_time", "user_sessions.end_time",
            "chat_sessions.created_time", "chat_sessions.end_time")] string column,
        [Values("-infinity", "infinity", "1969-12-31 23:59:59+00", "3000-01-01 00:00:00+00")] string time)
    {
        var (table, name) = (column.Split('.')[0], column.Split('.')[1]);

        await ExecuteAsync($"drop table if exists copy; create table copy (like {table} including constraints)");
        await ExecuteAsync(
            """
            do $$ declare c text; begin
              for c in select attname from pg_attribute where attrelid = 'copy'::regclass and attnum > 0 and attnotnull loop
                execute format('alter table copy alter column %I drop not null', c);
              end loop;
            end $$
            """);

        var refused = Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync($"insert into copy ({name}) values ('{time}')"));

        Assert.That(refused!.ConstraintName, Is.EqualTo($"ck_{table}_time"));
        await ExecuteAsync($"insert into copy ({name}) values ('1970-01-01 00:00:00+00'); drop table copy");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
