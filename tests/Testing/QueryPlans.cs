using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Testing;

/// <summary>The plans that PostgreSQL really uses (auto_explain), with the real parameters.</summary>
public static class QueryPlans
{
    private const string Prefix = "plan:\n";

    /// <summary>Runs work and collects the plan of each statement.</summary>
    public static Task<IReadOnlyList<string>> OfAsync(ChatDbContext db, Func<Task> work) =>
        CollectAsync(db, "SET auto_explain.log_min_duration = 0", work, text => text);

    /// <summary>The same as JSON, with the actual rows of each step.</summary>
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
