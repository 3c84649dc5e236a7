using System.Net;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Aggregate;

/// <summary>The seeded community in the aggregate dialect, once from unfolded events, once from the rollups.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class AggregateTests(bool folded) : ServerTest
{
    private const long Noon = 1_781_524_800;

    [SetUp]
    public async Task FoldAsync()
    {
        if (folded)
        {
            await Server.Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        }
    }

    [Test]
    public async Task Channels_show_their_totals() => await ExpectAsync(
        "/channels",
        """
        {"channels":[
          {"active":true,"blacklists":{"user_id":[3]},"channel_id":1,"chats":{"total_brodcast":2,"total_received":3},
           "users":{"total_concurrent":0,"total_concurrent_guests":0,"total_concurrent_users":0,"total_guests":0,"total_users":3}},
          {"active":true,"blacklists":{"user_id":[]},"channel_id":2,"chats":{"total_brodcast":0,"total_received":0},
           "users":{"total_concurrent":0,"total_concurrent_guests":0,"total_concurrent_users":0,"total_guests":0,"total_users":2}},
          {"active":false,"blacklists":{"user_id":[]},"channel_id":3,"chats":{"total_brodcast":0,"total_received":0},
           "users":{"total_concurrent":0,"total_concurrent_guests":0,"total_concurrent_users":0,"total_guests":0,"total_users":1}},
          {"active":true,"blacklists":{"user_id":[]},"channel_id":4,"chats":{"total_brodcast":0,"total_received":0},
           "users":{"total_concurrent":0,"total_concurrent_guests":0,"total_concurrent_users":0,"total_guests":0,"total_users":2}}]}
        """);

    [TestCase("/channels/?channel_id=3", "3")]
    [TestCase("/channels?active=false", "3")]
    [TestCase("/channels?active=true", "1,2,4")]
    [TestCase("/channels?channel_id=3&active=true", "")]
    [TestCase("/channels?channel_id=3&active=false", "3")]
    [TestCase("/channels?limit=2", "1,2")]
    [TestCase("/channels?limit=2&after=2", "3,4")]
    [TestCase("/channels?limit=1000&after=4", "")]
    [TestCase("/channels?limit=1", "1")]
    [TestCase("/channels?limit=2&after=3", "4")]
    [TestCase("/channels?after=2", "3,4")]
    [TestCase("/channels?after=9223372036854775807", "")]
    [TestCase("/channels?active=true&limit=2&after=1", "2,4")]
    public async Task Channels_are_filtered_and_paged_by_key(string address, string ids)
    {
        var channels = (await GetAsync(address))["channels"]!.AsArray();
        Assert.That(string.Join(',', channels.Select(channel => (long)channel!["channel_id"]!)), Is.EqualTo(ids));
    }

    [Test]
    public async Task Chats_of_a_channel_are_grouped_by_user() => await ExpectAsync(
        "/chats?channel_id=1",
        """
        {"channel_id":1,"users":[
          {"chat_in-channel":1,"total_chats":1,"user_id":1},
          {"chat_in-channel":1,"total_chats":1,"user_id":2},
          {"chat_in-channel":1,"total_chats":1,"user_id":3}]}
        """);

    [Test]
    public async Task Counts_in_a_period_are_shown_for_active_users() => await ExpectAsync(
        $"/chats/?channel_id=1&ts_start={Noon - 1200}&ts_end={Noon - 600}",
        $$"""
        {"channel_id":1,"ts_start":{{Noon - 1200}},"ts_end":{{Noon - 600}},"users":[
          {"chat_in-channel":1,"total_chats":1,"user_id":1},
          {"chat_in-channel":1,"chats_in_period":1,"total_chats":1,"user_id":2},
          {"chat_in-channel":1,"total_chats":1,"user_id":3}]}
        """);

    [Test]
    public async Task Chats_of_all_channels_come_in_one_response() => await ExpectAsync(
        $"/chats?ts_start={Noon - 600}",
        $$"""
        {"ts_start":{{Noon - 600}},"channels":[
          {"channel_id":1,"users":[
            {"chat_in-channel":1,"total_chats":1,"user_id":1},
            {"chat_in-channel":1,"total_chats":1,"user_id":2},
            {"chat_in-channel":1,"chats_in_period":1,"total_chats":1,"user_id":3}]},
          {"channel_id":2,"users":[]},
          {"channel_id":3,"users":[]},
          {"channel_id":4,"users":[]}]}
        """);

    [TestCase("/chats?channel_id=1&limit=2", "1,2")]
    [TestCase("/chats?channel_id=1&limit=2&after=2", "3")]
    public async Task Chats_are_paged_by_key(string address, string ids)
    {
        var users = (await GetAsync(address))["users"]!.AsArray();
        Assert.That(string.Join(',', users.Select(user => (long)user!["user_id"]!)), Is.EqualTo(ids));
    }

    [Test]
    public async Task Users_are_counted_over_all_channels() => await ExpectAsync(
        $"/chat_aggregate/?ts_start={Noon - 1800}&ts_end={Noon - 600}",
        $$$"""
        {"chat_agg":{"ts_start":{{{Noon - 1800}}},"ts_end":{{{Noon - 600}}},"users":[
          {"chats_in_period":1,"total_chats":1,"user_id":1},
          {"chats_in_period":1,"total_chats":1,"user_id":2},
          {"chats_in_period":0,"total_chats":1,"user_id":3},
          {"chats_in_period":0,"total_chats":0,"user_id":4},
          {"chats_in_period":0,"total_chats":0,"user_id":6}]}}
        """);

    [Test]
    public async Task Tenants_see_only_their_own_data()
    {
        using var response = await DeveloperFor(SeededCommunity.Hillside).GetAsync(new Uri("/chat_aggregate", UriKind.Relative));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"chat_agg":{"users":[{"total_chats":1,"user_id":7}]}}"""));
        using var foreign = await DeveloperFor(SeededCommunity.Hillside).GetAsync(new Uri("/chats?channel_id=1", UriKind.Relative));
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("/channels?channel_id=abc", "channel_id")]
    [TestCase("/channels?channel_id=", "channel_id")]
    [TestCase("/channels?channel_id=1&channel_id=2", "channel_id")]
    [TestCase("/channels?channel_id=99999999999999999999", "channel_id")]
    [TestCase("/channels?active=yes", "active")]
    [TestCase("/channels?limit=0", "limit")]
    [TestCase("/channels?limit=1001", "limit")]
    [TestCase("/channels?after=-1", "after")]
    [TestCase("/channels?colour=red", "colour")]
    [TestCase("/chats?active=true", "active")]
    [TestCase("/chats?channel_id=1&ts_start=1.5", "ts_start")]
    [TestCase("/chats?channel_id=1&ts_start=20&ts_end=10", "ts_end")]
    [TestCase("/chats?channel_id=1&ts_end=10", "ts_start")]
    [TestCase("/chat_aggregate?ts_start=9223372036854775807", "ts_start")]
    [TestCase("/chat_aggregate?ts_start=0&ts_end=999999999999", "ts_end")]
    [TestCase("/chat_aggregate?channel_id=1", "channel_id")]
    [TestCase("/chat_aggregate?ts_start=", "ts_start")]
    [TestCase("/chat_aggregate?ts_start=1&ts_start=2", "ts_start")]
    [TestCase("/chat_aggregate?ts_start=1e3", "ts_start")]
    [TestCase("/chat_aggregate?ts_start=-99999999999999", "ts_start")]
    [TestCase("/chat_aggregate?ts_start=0x10", "ts_start")]
    [TestCase("/chat_aggregate?ts_start=1%00", "ts_start")]
    [TestCase("/chat_aggregate?limit=many", "limit")]
    [TestCase("/chat_aggregate?limit=-1", "limit")]
    [TestCase("/chat_aggregate?limit=99999999999", "limit")]
    [TestCase("/chat_aggregate?after=last", "after")]
    [TestCase("/chats?channel_id=1&ts_end=20&ts_start=30", "ts_end")]
    [TestCase("/channels?active=", "active")]
    [TestCase("/channels?active=true&active=false", "active")]
    [TestCase("/channels?Channel_Id_=1", "Channel_Id_")]
    public async Task Invalid_parameter_is_named(string address, string parameter)
    {
        using var response = await DeveloperFor(SeededCommunity.Riverside).GetAsync(new Uri(address, UriKind.Relative));
        var error = Json.Parse(await response.Content.ReadAsStringAsync())["error"]!;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), error.ToJsonString());
        Assert.That(((string)error["code"]!, (string)error["parameter"]!), Is.EqualTo(("invalid_parameter", parameter)));
        Assert.That((string)error["message"]!, Does.StartWith(parameter + " "));
    }

    [TestCase("/channels?channel_id=5", HttpStatusCode.NotFound, "not_found")]
    [TestCase("/chats?channel_id=5", HttpStatusCode.NotFound, "not_found")]
    [TestCase("/channels/5", HttpStatusCode.NotFound, "not_found")]
    [TestCase("/channels?channel_id=0", HttpStatusCode.NotFound, "not_found")]
    [TestCase("/channels?channel_id=-1", HttpStatusCode.NotFound, "not_found")]
    [TestCase("/chats?channel_id=9223372036854775807", HttpStatusCode.NotFound, "not_found")]
    [TestCase("/channels?channel_id=5&active=true", HttpStatusCode.NotFound, "not_found")]
    public async Task Unknown_channel_is_not_found(string address, HttpStatusCode status, string code)
    {
        using var response = await DeveloperFor(SeededCommunity.Riverside).GetAsync(new Uri(address, UriKind.Relative));
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That((string)Json.Parse(await response.Content.ReadAsStringAsync())["error"]!["code"]!, Is.EqualTo(code));
    }

    [TestCase("/chat_aggregate?ts_start=-62135596800&ts_end=253402300799", "1,1,1,0,0")]
    [TestCase("/chat_aggregate?ts_start=-1&ts_end=0", "0,0,0,0,0")]
    [TestCase("/chat_aggregate?ts_start=1781523000&ts_end=1781523000", "0,0,0,0,0", Description = "an empty period")]
    [TestCase("/chat_aggregate?ts_start=1781523000&ts_end=1781523001", "1,0,0,0,0", Description = "the start is inclusive")]
    [TestCase("/chat_aggregate?ts_start=1781522999&ts_end=1781523000", "0,0,0,0,0", Description = "the end is exclusive")]
    public async Task Periods_of_any_length_are_counted(string address, string counts)
    {
        var users = (await GetAsync(address))["chat_agg"]!["users"]!.AsArray();
        Assert.That(string.Join(',', users.Select(user => (long)user!["chats_in_period"]!)), Is.EqualTo(counts));
    }

    [Test]
    public async Task Ten_thousand_channels_are_paged_one_by_one()
    {
        await using (var command = Database.DataSource.CreateCommand(
            """
            insert into channels (application_id, id, type, name, display_name, properties, active, created_time, updated_time)
            select application_id, 1000 + i, type, 'channel ' || i, 'Channel ' || i, properties, active, created_time, updated_time
            from channels, generate_series(1, 10000) i where application_id = 1 and id = 1
            """))
        {
            await command.ExecuteNonQueryAsync();
        }

        var seen = new List<long>();
        for (long after = 10_900; ;)
        {
            var page = (await GetAsync($"/channels?limit=1&after={after}"))["channels"]!.AsArray();
            if (page.Count == 0)
            {
                break;
            }

            seen.Add(after = (long)page.Single()!["channel_id"]!);
        }

        Assert.That(seen, Is.EqualTo(Enumerable.Range(10_901, 100)), "the last hundred channels");
        Assert.That((await GetAsync("/channels"))["channels"]!.AsArray(), Has.Count.EqualTo(10_004));
        Assert.That((await GetAsync("/chats"))["channels"]!.AsArray(), Has.Count.EqualTo(10_004));
    }

    [Test]
    public async Task Wrong_method_is_refused_in_the_same_envelope()
    {
        using var response = await DeveloperFor(SeededCommunity.Riverside).PostAsync(new Uri("/channels", UriKind.Relative), null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(
            (string)Json.Parse(await response.Content.ReadAsStringAsync())["error"]!["code"]!, Is.EqualTo("method_not_allowed"));
    }

    [TestCase("/channels")]
    [TestCase("/chats")]
    [TestCase("/chat_aggregate")]
    public async Task Anonymous_callers_are_refused(string address)
    {
        using var response = await Anonymous().GetAsync(new Uri(address, UriKind.Relative));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((string)Json.Parse(await response.Content.ReadAsStringAsync())["error"]!["code"]!, Is.EqualTo("unauthorized"));
    }

    [Test]
    public async Task Tokens_need_the_scope()
    {
        using var response = await ClientFor(SeededCommunity.Riverside, "read:message").GetAsync(new Uri("/channels", UriKind.Relative));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var allowed = await ClientFor(SeededCommunity.Riverside, "read:channels").GetAsync(new Uri("/channels", UriKind.Relative));
        Assert.That(allowed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Status_needs_no_authentication()
    {
        using var response = await Anonymous().GetAsync(new Uri("/", UriKind.Relative));
        var status = Json.Parse(await response.Content.ReadAsStringAsync());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(((string)status["name"]!, (bool)status["database_reachable"]!), Is.EqualTo(("ChatPlatform", true)));
        Assert.That((string)status["version"]!, Does.Match(@"^\d+\.\d+\.\d+"));
    }

    private async Task ExpectAsync(string address, string expected) =>
        Assert.That((await GetAsync(address)).ToJsonString(), Is.EqualTo(Json.Parse(expected).ToJsonString()));

    private async Task<System.Text.Json.Nodes.JsonNode> GetAsync(string address)
    {
        using var response = await DeveloperFor(SeededCommunity.Riverside).GetAsync(new Uri(address, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json"));
        return Json.Parse(body);
    }
}
