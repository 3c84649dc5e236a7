using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Cursor lists, newest first; tested with the messages of a channel.</summary>
public sealed class CursorTests : PlatformTest
{
    private const string List = "/v1/channels/2/messages";

    [Test]
    public async Task A_single_page_links_only_to_itself()
    {
        await SendAsync(3);

        var page = await GetAsync(List);

        Assert.That(LinksOf(page).Keys, Is.EqualTo(["self"]));
        Assert.That((int)page["page"]!["size"]!, Is.EqualTo(25));
        Assert.That(page["page"]!["next"], Is.Null);
    }

    [Test]
    public async Task An_empty_list_has_no_embedded_items()
    {
        var page = await GetAsync(List);

        Assert.That(page["_embedded"], Is.Null);
        Assert.That(LinksOf(page)["self"], Is.EqualTo("/channels/2/messages?size=25&relation=SELF"));
    }

    [Test]
    public async Task Links_carry_the_same_cursors_and_differ_in_their_relation()
    {
        await SendAsync(5);

        var links = LinksOf(await GetAsync($"{List}?size=2"));
        var second = LinksOf(await GetAsync(Base + links["next"]));
        var third = LinksOf(await GetAsync(Base + second["next"]));

        Assert.That(links.Keys, Is.EqualTo(["self", "next"]));
        Assert.That(links["self"], Does.EndWith("&size=2&relation=SELF"));
        Assert.That(links["next"], Is.EqualTo(links["self"].Replace("SELF", "NEXT", StringComparison.Ordinal)));
        Assert.That(second.Keys, Is.EqualTo(["prev", "self", "next"]));
        Assert.That(third.Keys, Is.EqualTo(["prev", "self"]));
    }

    [Test]
    public async Task Following_next_and_then_prev_shows_the_same_pages()
    {
        var sent = await SendAsync(7);
        var forwards = new List<List<long>>();
        JsonNode page = null!;
        for (var next = $"{List}?size=3"; next is not null; next = (string?)page["_links"]!["next"]?["href"])
        {
            page = await GetAsync(next);
            forwards.Add(Ids(page, "messages"));
        }

        var backwards = new List<List<long>> { Ids(page, "messages") };
        for (var prev = Prev(); prev is not null; prev = Prev())
        {
            page = await GetAsync(prev);
            backwards.Add(Ids(page, "messages"));
        }

        sent.Reverse();
        Assert.That(forwards.SelectMany(ids => ids), Is.EqualTo(sent));
        backwards.Reverse();
        Assert.That(backwards, Is.EqualTo(forwards));

        string? Prev() => (string?)page["_links"]!["prev"]?["href"];
    }

    [Test]
    public async Task Paging_is_stable_while_messages_come_and_go()
    {
        var sent = await SendAsync(9);
        var first = await GetAsync($"{List}?size=3");
        var newcomers = await SendAsync(2);
        await DeleteRowAsync(sent[5]);

        var second = await GetAsync((string)first["_links"]!["next"]!["href"]!);
        var self = await GetAsync((string)first["_links"]!["self"]!["href"]!);

        Assert.That(Ids(second, "messages"), Is.EqualTo([sent[4], sent[3], sent[2]]), "the first item of the page was deleted");
        Assert.That(Ids(self, "messages"), Is.EqualTo(Ids(first, "messages")), "self does not show later messages");
        var newer = await GetAsync((string)self["_links"]!["prev"]!["href"]!);
        Assert.That(Ids(newer, "messages"), Is.EqualTo(newcomers.AsEnumerable().Reverse()));
    }

    [Test]
    public async Task Messages_of_the_same_time_are_ordered_by_id()
    {
        var sent = await SendAsync(6, TimeSpan.Zero);
        var ids = new List<long>();
        for (var next = $"{List}?size=1"; next is not null;)
        {
            var page = await GetAsync(next);
            ids.AddRange(Ids(page, "messages"));
            next = (string?)page["_links"]!["next"]?["href"];
        }

        sent.Reverse();
        Assert.That(ids, Is.EqualTo(sent));
    }

    [TestCase("start=1")]
    [TestCase("start=x.y")]
    [TestCase("next=99999999999999999999.1")]
    [TestCase("next=1.-1")]
    [TestCase("relation=SIDEWAYS")]
    [TestCase("size=-1")]
    [TestCase("size=x")]
    public Task Malformed_cursor_is_rejected(string query) => GetAsync($"{List}?{query}", HttpStatusCode.BadRequest);

    [Test]
    public async Task Filters_are_repeated_in_the_links()
    {
        await SendAsync(3);

        var links = LinksOf(await GetAsync($"{List}?username=alice&size=2"));

        Assert.That(links["next"], Does.StartWith("/channels/2/messages?username=alice&start="));
    }

    private async Task<List<long>> SendAsync(int count, TimeSpan? apart = null)
    {
        var ids = new List<long>();
        for (var i = 0; i < count; i++)
        {
            Clock.Advance(apart ?? TimeSpan.FromSeconds(1));
            var sent = await PostAsync(List, $$$"""{"type":"TEXT","body":"{{{i}}}","user":{"id":{{{Alice.Id}}}}}""");
            ids.Add((long)sent["id"]!);
        }

        return ids;
    }

    private async Task DeleteRowAsync(long id)
    {
        await using var command = Database.DataSource.CreateCommand("delete from messages where id = $1");
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync();
    }
}
