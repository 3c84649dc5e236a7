using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Notifications;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Sends messages, and runs the follower that creates notifications.</summary>
public abstract class NotificationTest : PlatformTest
{
    protected NotificationFollower Follower => Server.Services.GetRequiredService<NotificationFollower>();

    [SetUp]
    public Task StartFollower() => Follower.RegisterAsync(default);

    protected Task<JsonNode> NotificationsAsync(SeededUser user) => GetAsync($"/v1/users/{user.Id}/notifications");

    protected async Task<List<string>> TypesAsync(SeededUser user) =>
        [.. (await NotificationsAsync(user))["_embedded"]!["notifications"]!.AsArray().Select(n => (string)n!["data"]!["type"]!)];

    protected async Task<long> SendMessageAsync(long channel, string text, SeededUser user)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var message = new JsonObject { ["type"] = "TEXT", ["body"] = text, ["user"] = new JsonObject { ["id"] = user.Id } };
        return (long)(await PostAsync($"/v1/channels/{channel}/messages", message.ToJsonString()))["id"]!;
    }

    protected async Task StartChatSessionAsync(string user, long channel)
    {
        var session = await PostAsync("/v1/user-sessions", $$$"""{"user":{"username":"{{{user}}}"}}""");
        await PostAsync($"/v1/user-sessions/{session["id"]}/chat-sessions", $$"""{"channelId":{{channel}}}""");
    }

    /// <summary>Follows to the end of the log. A transaction of another test may delay that.</summary>
    protected Task FollowAsync() => Wait.UntilAsync(
        async () =>
        {
            await Follower.FollowAsync(default);
            await using var command = Database.DataSource.CreateCommand("select waiting from follower_lag where name = 'notifications'");
            return await command.ExecuteScalarAsync() is 0L;
        },
        "the follower to reach the end of the log");

    protected async Task<long> CountAsync()
    {
        await using var command = Database.DataSource.CreateCommand("select count(*) from notifications where user_id = 2");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    protected async Task RunAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
