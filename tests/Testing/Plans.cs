using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Testing;

/// <summary>The plans by which statements are really run, with their very parameters, as PostgreSQL itself tells them.</summary>
public static class Plans
{
    /// <summary>Runs work on a context, and collects the plan of each statement that goes through it.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(ChatDbContext db, Func<Task> work)
    {
        var plans = new List<string>();
        await db.Database.OpenConnectionAsync();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.ExecuteSqlRawAsync(
            "LOAD 'auto_explain'; SET client_min_messages = log; SET auto_explain.log_min_duration = 0");
        connection.Notice += Note;
        try
        {
            await work();
        }
        finally
        {
            connection.Notice -= Note;
            await db.Database.ExecuteSqlRawAsync("RESET auto_explain.log_min_duration; RESET client_min_messages");
            await db.Database.CloseConnectionAsync();
        }

        return plans;

        void Note(object sender, NpgsqlNoticeEventArgs told)
        {
            if (told.Notice.MessageText.StartsWith("duration:", StringComparison.Ordinal))
            {
                plans.Add(told.Notice.MessageText);
            }
        }
    }
}
