using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Testing;

/// <summary>The plans by which statements are really run, with their very parameters, as PostgreSQL itself tells them.</summary>
public static class QueryPlans
{
    private const string Prefix = "plan:\n";

    /// <summary>Runs work on a context, and collects the plan of each statement that goes through it.</summary>
    public static Task<IReadOnlyList<string>> OfAsync(ChatDbContext db, Func<Task> work) =>
        CollectAsync(db, "SET auto_explain.log_min_duration = 0", work, text => text);

    /// <summary>The same, each as JSON with the rows that every step really gave.</summary>
    public static Task<IReadOnlyList<JsonNode>> MeasureAsync(ChatDbContext db, Func<Task> work) => CollectAsync(
        db,
        "SET auto_explain.log_min_duration = 0; SET auto_explain.log_analyze = on; SET auto_explain.log_timing = off; "
            + "SET auto_explain.log_format = json",
        work,
        text => JsonNode.Parse(text[(text.IndexOf(Prefix, StringComparison.Ordinal) + Prefix.Length)..])!);

    private static async Task<IReadOnlyList<T>> CollectAsync<T>(ChatDbContext db, string settings, Func<Task> work, Func<string, T> read)
    {
        var plans = new List<T>();
        await db.Database.OpenConnectionAsync();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.ExecuteSqlRawAsync("LOAD 'auto_explain'; SET client_min_messages = log");
        await db.Database.ExecuteSqlRawAsync(settings);
        connection.Notice += OnNotice;
        try
        {
            await work();
        }
        finally
        {
            connection.Notice -= OnNotice;
            await db.Database.ExecuteSqlRawAsync("RESET ALL");
            await db.Database.CloseConnectionAsync();
        }

        return plans;

        void OnNotice(object sender, NpgsqlNoticeEventArgs args)
        {
            if (args.Notice.MessageText.StartsWith("duration:", StringComparison.Ordinal))
            {
                plans.Add(read(args.Notice.MessageText));
            }
        }
    }
}
