using System.Text.Json.Nodes;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.FunctionalTests.Hosting;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Every list of the server: empty, on one page, on several, in both orders, and while rows change.</summary>
public sealed class ListTests : PlatformTest
{
    /// <summary>Creates rows for lists that are never empty otherwise.</summary>
    private const string Emptied =
        """
        DELETE FROM channel_members WHERE channel_id = 3; DELETE FROM threads WHERE channel_id = 3; DELETE FROM job_item_errors;
        INSERT INTO chat_runtimes (application_id, revision, dependencies) VALUES (1, 1, '[]');
        INSERT INTO functions (application_id, id, type, name, enabled, fails_open, current_version_number, created_time)
        VALUES (1, 1, 'user.sent.message', 'f', false, false, 0, now())
        """;

    /// <summary>
    /// By route, a path to an empty list. The ephemeral events of a chat session always have a next link; the functions of a type are
    /// tested elsewhere.
    /// </summary>
    private static readonly Dictionary<string, string> Empty = new()
    {
        ["GET /v1/application/message-read-receipt-summaries"] = "/application/message-read-receipt-summaries?page=0",
        ["GET /v1/channels"] = "/channels?startTime=2030-01-01",
        ["GET /v1/channels/{id}/blacklist"] = "/channels/2/blacklist?page=0",
        ["GET /v1/channels/{id}/invites"] = "/channels/1/invites?page=0",
        ["GET /v1/channels/{id}/members"] = "/channels/3/members?page=0",
        ["GET /v1/channels/{id}/memberships"] = "/channels/3/memberships?page=0",
        ["GET /v1/channels/{id}/messages"] = "/channels/2/messages?size=25",
        ["GET /v1/channels/{id}/moderators"] = "/channels/2/moderators?page=0",
        ["GET /v1/channels/{id}/participants"] = "/channels/2/participants?page=0",
        ["GET /v1/channels/{id}/reported-messages"] = "/channels/2/reported-messages?page=0",
        ["GET /v1/channels/{id}/threads"] = "/channels/3/threads?page=0",
        ["GET /v1/chat-sessions"] = "/chat-sessions?state=ENDED",
        ["GET /v1/functions/{id}/dead-letters"] = "/functions/1/dead-letters?page=0",
        ["GET /v1/functions/{id}/invocations"] = "/functions/1/invocations?page=0",
        ["GET /v1/functions/{id}/versions"] = "/functions/1/versions?page=0",
        ["GET /v1/jobs"] = "/jobs?running=false",
        ["GET /v1/messages"] = "/messages?username=guest-1",
        ["GET /v1/messages/{id}/read-receipts"] = "/messages/8/read-receipts?page=0",
        ["GET /v1/messages/{id}/versions"] = "/messages/8/versions?page=0",
        ["GET /v1/threads/{id}/messages"] = "/threads/2/messages?size=25",
        ["GET /v1/user-sessions"] = "/user-sessions?state=ENDED",
        ["GET /v1/users"] = "/users?name=nobody",
        ["GET /v1/users/{id}/channels"] = "/users/4/channels?page=0",
        ["GET /v1/users/{id}/notifications"] = "/users/4/notifications?size=25",
        ["GET /v1/users/{id}/messages"] = "/users/4/messages?size=25",
    };

    /// <summary>Message lists, which are paged by cursor.</summary>
    private static readonly string[] WalkedByCursor =
        ["/messages?", "/channels/1/messages?", "/threads/1/messages?", "/users/1/messages?", "/users/2/messages?unread=true"];

    private IReadOnlyList<TableRoute> Routes => field ??= [.. Lists.Routes(Server.Services)];

    private IEnumerable<TableRoute> Pages => Routes.Where(route => route.ResponseType == typeof(PageResource));

    [Test]
    public async Task An_empty_list_has_no_items_and_links_only_to_itself()
    {
        var others = new[]
        {
            "GET /v1/chat-sessions/{id}/events", "GET /v1/chat-sessions/{id}/keystrokes", "GET /v1/jobs/{id}/errors",
            "GET /v1/runtimes/nodejs/functions",
        };
        Assert.That(Routes.Select(route => route.Name).Except(others), Is.EquivalentTo(Empty.Keys), "a path for each list");
        await RunAsync(Emptied);

        foreach (var path in Empty.Values)
        {
            var page = await GetAsync("/v1" + path);

            Assert.That(page["_embedded"], Is.Null, path);
            Assert.That(LinksOf(page).Keys, Is.EqualTo(["self"]), path);
            Assert.That(page["page"]!["totalElements"]?.GetValue<long>() ?? 0, Is.Zero, path);
            Assert.That(page["page"]!["totalPages"]?.GetValue<long>() ?? 0, Is.Zero, path);
            Assert.That((int)page["page"]!["size"]!, Is.EqualTo(25), path);
        }
    }

    [Test]
    public async Task Several_pages_show_the_same_items_in_the_same_order_as_one()
    {
        await Lists.FillAsync(Database, 5);
        foreach (var path in Routes.SelectMany(route => Lists.Paths[route.Name]).Where(path => !path.StartsWith("/chat-sessions/")))
        {
            var whole = await GetAsync(Address(path, 200));
            var walked = new List<JsonNode>();
            for (var next = Address(path, 2); next is not null; next = (string?)walked[^1]["_links"]!["next"]?["href"])
            {
                walked.Add(await GetAsync(next));
            }

            Assert.That(walked.SelectMany(Items), Is.EqualTo(Items(whole)), path);
            Assert.That(walked, Has.Count.GreaterThan(2), path);
            Assert.That(walked[0]["_links"]!["prev"], Is.Null, path);
            Assert.That(walked.SkipLast(1).Select(page => Items(page).Count), Is.All.EqualTo(2), path);
            foreach (var (before, page) in walked.Zip(walked.Skip(1)).Where(_ => !path.StartsWith("/jobs/")))
            {
                var back = await GetAsync((string)page["_links"]!["prev"]!["href"]!);
                Assert.That(Items(back), Is.EqualTo(Items(before)), $"{path}: prev leads back");
            }
        }
    }

    [Test]
    public async Task Pages_show_totals_and_link_to_first_and_last()
    {
        await Lists.FillAsync(Database, 5);
        foreach (var path in Pages.SelectMany(route => Lists.Paths[route.Name]))
        {
            var whole = await GetAsync(Address(path, 200));
            var second = await GetAsync(Address(path, 2) + "&page=1");
            var count = Items(whole).Count;
            var last = await GetAsync((string)second["_links"]!["last"]!["href"]!);

            Assert.That(LinksOf(whole).Keys, Is.EqualTo(["self"]), path);
            Assert.That((long)second["page"]!["totalElements"]!, Is.EqualTo(count), path);
            Assert.That((long)second["page"]!["totalPages"]!, Is.EqualTo((count + 1) / 2), path);
            Assert.That(LinksOf(second).Keys, Is.SupersetOf(["first", "prev", "self", "last"]), path);
            Assert.That(Items(last)[^1], Is.EqualTo(Items(whole)[^1]), path);
            Assert.That(last["_links"]!["next"], Is.Null, path);
        }
    }

    [Test]
    public async Task Descending_order_is_ascending_reversed()
    {
        await Lists.FillAsync(Database, 5);
        foreach (var path in Pages.Select(route => Lists.Paths[route.Name][0].Split('?')[0]))
        {
            var fields = await FieldsAsync(path);
            Assert.That(fields, Is.Not.Empty, path);
            foreach (var field in fields)
            {
                var last = path.EndsWith("summaries", StringComparison.Ordinal) ? "channel,{0}&sort=user,{0}" : "id,{0}";
                var up = await GetAsync($"/v1{path}?size=200&sort={field},asc&sort={string.Format(null, last, "asc")}");
                var down = await GetAsync($"/v1{path}?size=200&sort={field},desc&sort={string.Format(null, last, "desc")}");

                Assert.That(Items(down), Is.EqualTo(Items(up).AsEnumerable().Reverse()), $"{path} by {field}");
            }
        }
    }

    [Test]
    public async Task Cursor_paging_shows_each_item_once_while_rows_change()
    {
        var lists = Routes.Where(route => route.ResponseType == typeof(CursorPageResource))
            .Where(route => route.Template.EndsWith("messages", StringComparison.Ordinal))
            .Select(route => Lists.Paths[route.Name][0]);
        Assert.That(lists.Except(WalkedByCursor), Is.Empty, "a cursor test for each list");
        foreach (var path in WalkedByCursor)
        {
            await Database.ResetAsync();
            Caller.Dispose();
            CreateCaller();
            await Lists.FillAsync(Database, 9);
            var before = IdsOf(await GetAsync(Address(path, 200)));
            var (met, deleted) = (new List<long>(), new HashSet<long>());
            for (var next = Address(path, 3); next is not null;)
            {
                var page = await GetAsync(next);
                met.AddRange(IdsOf(page));
                next = (string?)page["_links"]!["next"]?["href"];

                // Deletes an item that was shown and the next one; adds a newer one.
                var ahead = before.FirstOrDefault(id => !met.Contains(id) && !deleted.Contains(id));
                foreach (var id in new[] { met[^1], ahead }.Where(id => id > 1_000_000))
                {
                    deleted.Add(id);
                    await RunAsync(
                        $"DELETE FROM message_reactions WHERE message_id = {id}; DELETE FROM message_reports WHERE message_id = {id}; "
                        + $"DELETE FROM messages WHERE id = {id}");
                }

                Clock.Advance(TimeSpan.FromHours(1));
                await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"newer","user":{"id":1}}""");
            }

            Assert.That(met, Is.Unique, path);
            Assert.That(met, Is.SupersetOf(before.Except(deleted)), path);
            Assert.That(met, Is.SubsetOf(before), $"{path}: what came since lies before the first page");
        }
    }

    private static string Address(string path, int size) =>
        $"/v1{path}{(path.EndsWith('?') ? "" : "&")}size={size}";

    private static List<string> Items(JsonNode page) =>
        [.. page["_embedded"]?.AsObject().Single().Value!.AsArray().Select(item => item!.ToJsonString()) ?? []];

    private static List<long> IdsOf(JsonNode page) => Ids(page, "messages");

    /// <summary>The sort fields, from the error message.</summary>
    private async Task<string[]> FieldsAsync(string path)
    {
        var refused = await GetAsync($"/v1{path}?sort=no-such-field", System.Net.HttpStatusCode.BadRequest);
        return ((string)refused["properties"]!["sort"]![0]!).Split("must be one of ")[1].Split(", ");
    }

    private async Task RunAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
