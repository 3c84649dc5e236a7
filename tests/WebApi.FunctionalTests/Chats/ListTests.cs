using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class ListTests : ChatTest
{
    [Test]
    public async Task Documented_list_is_shown_as_documented()
    {
        await DocumentedChats.StoreAsync(Database);

        var shown = await GetAsync($"{Chats}/");

        shown.Remove("_links");
        Assert.That(JsonNode.DeepEquals(shown, JsonNode.Parse(DocumentedChats.ListJson)), shown.ToString());
    }

    [TestCase("", "A", "c", "b", "D", Description = "newest first, ties by id")]
    [TestCase("sort=title:ASC", "A", "D", "b", "c")]
    [TestCase("sort=title:DESC", "c", "b", "D", "A")]
    [TestCase("sort=title", "A", "D", "b", "c")]
    [TestCase("sort=registeredAt:ASC", "D", "c", "b", "A")]
    [TestCase("sort=isActive:DESC&sort=title:desc", "b", "A", "c", "D")]
    [TestCase("sort=createdBy:ASC&sort=registeredAt:DESC&sort=id:DESC", "A", "D", "b", "c")]
    [TestCase("sort=id:DESC", "D", "A", "b", "c")]
    [TestCase("isActive=true", "A", "b")]
    [TestCase("isActive=false", "c", "D")]
    [TestCase("id=00000000-0000-4000-8000-000000000001&id=00000000-0000-4000-8000-000000000004", "c", "D")]
    [TestCase("fromDate=2026-06-02T00:00:00Z", "A", "c", "b")]
    [TestCase("toDate=2026-06-02T00:00:00.000Z", "c", "b", "D")]
    [TestCase("fromDate=2026-06-02T02:00:00.000%2B02:00&toDate=2026-06-02T00:00:00Z", "c", "b")]
    [TestCase("fromDate=2026-06-02T00:00:00Z&isActive=true&id=00000000-0000-4000-8000-000000000002", "b")]
    [TestCase("fromDate=2030-01-01T00:00:00Z")]
    [TestCase("unknown=parameter&sort=id", "c", "b", "A", "D")]
    public async Task Chats_are_filtered_and_sorted(string query, params string[] titles)
    {
        await StoreFourAsync();

        var page = await GetAsync($"{Chats}?{query}");

        Assert.That(Titles(page), Is.EqualTo(titles));
        Assert.That((int)page["_metadata"]!["totalRecords"]!, Is.EqualTo(titles.Length));
    }

    [TestCase("size=0", "size")]
    [TestCase("size=-1", "size")]
    [TestCase("size=201", "size")]
    [TestCase("size=many", "size")]
    [TestCase("page=-1", "page")]
    [TestCase("page=99999999999", "page")]
    [TestCase("sort=colour:ASC", "sort")]
    [TestCase("sort=title:UP", "sort")]
    [TestCase("sort=title:ASC:DESC", "sort")]
    [TestCase("isActive=perhaps", "isActive")]
    [TestCase("id=12", "id")]
    [TestCase("fromDate=yesterday", "fromDate")]
    [TestCase("fromDate=2026-06-02", "fromDate")]
    [TestCase("toDate=2026-13-01T00:00:00Z", "toDate")]
    [TestCase("fromDate=2026-06-02T00:00:01Z&toDate=2026-06-02T00:00:00Z", "fromDate")]
    public async Task Bad_parameter_is_refused_by_name(string query, string field)
    {
        using var response = await Api.GetAsync($"{Chats}?{query}");

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest, "request.invalid");
        Assert.That(problem["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo([field]), $"{problem}");
    }

    [TestCase(0, 2, null, 1)]
    [TestCase(1, 2, 0, null)]
    [TestCase(0, 4, null, null)]
    [TestCase(2, 2, 1, null)]
    [TestCase(9, 2, 1, null)]
    [TestCase(2_000_000_000, 200, 0, null)]
    public async Task Links_lead_to_existing_pages(int page, int size, int? prev, int? next)
    {
        await StoreFourAsync();

        var shown = await GetAsync($"{Chats}?sort=title:ASC&page={page}&size={size}&fromDate=2020-01-01T00:00:00Z");

        var pages = (4 + size - 1) / size;
        Assert.That(Metadata(shown), Is.EqualTo((page, pages, size, 4)));
        Assert.That(shown["records"]!.AsArray(), Has.Count.EqualTo(Math.Max(0, Math.Min(size, 4 - ((long)page * size)))));
        Assert.That(PageOf("self"), Is.EqualTo(page));
        Assert.That(PageOf("first"), Is.EqualTo(0));
        Assert.That(PageOf("prev"), Is.EqualTo(prev));
        Assert.That(PageOf("next"), Is.EqualTo(next));
        Assert.That(PageOf("last"), Is.EqualTo(pages - 1));

        long? PageOf(string relation)
        {
            if (shown["_links"]![relation] is not { } link)
            {
                return null;
            }

            var href = new Uri((string)link["href"]!);
            var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(href.Query);
            Assert.That(href.AbsolutePath, Is.EqualTo(Chats));
            Assert.That(query["sort"].ToString(), Is.EqualTo("title:ASC"));
            Assert.That(query["fromDate"].ToString(), Is.EqualTo("2020-01-01T00:00:00Z"));
            Assert.That(query["size"].ToString(), Is.EqualTo($"{size}"));
            return long.Parse(query["page"]!);
        }
    }

    [Test]
    public async Task Empty_list_has_one_empty_page()
    {
        var shown = await GetAsync(Chats);

        Assert.That(shown["records"]!.AsArray(), Is.Empty);
        Assert.That(Metadata(shown), Is.EqualTo((0, 0, 20, 0)));
        Assert.That(
            shown["_links"]!.AsObject().Select(link => link.Key), Is.EquivalentTo(["self", "first", "last"]));
    }

    [Test]
    public async Task Next_links_lead_through_all_chats_once()
    {
        for (var i = 0; i < 25; i++)
        {
            await RegisterAsync(new { title = $"Chat {i}" });
        }

        var seen = new List<string>();
        for (string? path = $"{Chats}?size=4"; path is not null;)
        {
            var page = await GetAsync(path);
            seen.AddRange(Titles(page));
            path = (string?)page["_links"]!["next"]?["href"] is { } next ? new Uri(next).PathAndQuery : null;
        }

        Assert.That(seen, Has.Count.EqualTo(25).And.Unique);
    }

    [Test]
    public async Task Number_of_commands_does_not_depend_on_the_page_size()
    {
        var one = await CountAsync();
        foreach (var title in new[] { "Two", "Three", "Four" })
        {
            var chatId = await ChatAsync(title);
            await AddAsync(chatId, Alice);
            await AddAsync(chatId, Bob);
        }

        Assert.That(await CountAsync(), Is.EqualTo(one));

        async Task<int> CountAsync()
        {
            await ChatAsync();
            using var counter = CommandCounter.Start();
            await GetAsync($"{Chats}?size=200");
            Assert.That(counter.Count, Is.LessThanOrEqualTo(5), counter.ToString());
            return counter.Count;
        }
    }

    [TestCase("registered_at desc, id")]
    [TestCase("registered_at, id")]
    [TestCase("title, id")]
    [TestCase("created_by desc, id")]
    [TestCase("is_active, id")]
    [TestCase("is_active desc, id")]
    [TestCase("id desc")]
    [TestCase("registered_at desc, id", "is_active")]
    public async Task Each_order_is_read_from_an_index(string order, string filter = "true")
    {
        await ScalarAsync(
            """
            insert into chats (application_id, id, state, is_active, service, registered_at, titled_at, created_by, title)
            select 1, gen_random_uuid(), i % 2 + 1, i % 2 = 0, 'internal', now() - i * interval '1 minute', now(),
              'user ' || i % 100, 'Chat ' || i
            from generate_series(1, 5000) i;
            analyze chats;
            """);

        await using var command = Database.DataSource.CreateCommand(
            $"explain select * from chats where application_id = 1 and {filter} order by {order} limit 20");
        await using var reader = await command.ExecuteReaderAsync();
        var plan = "";
        while (await reader.ReadAsync())
        {
            plan += reader.GetString(0) + "\n";
        }

        Assert.That(plan, Does.Contain("Index").And.Not.Contain("Seq Scan"));
        Assert.That(System.Text.RegularExpressions.Regex.IsMatch(plan, "(?<!Incremental )Sort  "), Is.False, plan);
    }

    private static (int, int, int, int) Metadata(JsonObject page) => (
        (int)page["_metadata"]!["currentPage"]!,
        (int)page["_metadata"]!["totalPages"]!,
        (int)page["_metadata"]!["pageSize"]!,
        (int)page["_metadata"]!["totalRecords"]!);

    private static IEnumerable<string> Titles(JsonObject page) =>
        page["records"]!.AsArray().Select(chat => (string)chat!["title"]!.AsArray()[^1]!["value"]!);

    private async Task StoreFourAsync()
    {
        await using var command = Database.DataSource.CreateCommand(
            """
            insert into chats (application_id, id, state, is_active, service, registered_at, titled_at, created_by, title)
            select 1, id, state, state = 1, 'internal', at, at, by, title
            from (values
              (uuid '00000000-0000-4000-8000-000000000001', 0, timestamptz '2026-06-02T00:00:00Z', null, 'c'),
              ('00000000-0000-4000-8000-000000000002', 1, '2026-06-02T00:00:00Z', 'you', 'b'),
              ('00000000-0000-4000-8000-000000000003', 1, '2026-06-03T00:00:00Z', 'me', 'A'),
              ('00000000-0000-4000-8000-000000000004', 2, '2026-06-01T00:00:00Z', 'me', 'D')) v (id, state, at, by, title);
            insert into chat_titles (application_id, chat_id, value, captured_at)
            select application_id, id, title, registered_at from chats;
            """);
        await command.ExecuteNonQueryAsync();
    }
}
