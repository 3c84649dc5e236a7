using System.Net;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Numbered pages, tested with the five users of Riverside.</summary>
public sealed class PagingTests : PlatformTest
{
    [Test]
    public async Task A_single_page_links_only_to_itself()
    {
        var page = await GetAsync("/v1/users");

        Assert.That(LinksOf(page), Is.EqualTo(new Dictionary<string, string> { ["self"] = "/users?page=0&size=25" }));
        Assert.That(page["page"]!.ToJsonString(), Is.EqualTo("""{"size":25,"totalElements":5,"totalPages":1,"number":0}"""));
    }

    [Test]
    public async Task The_first_page_links_to_next_and_last()
    {
        var page = await GetAsync("/v1/users?size=2&sort=name,desc");

        Assert.That(LinksOf(page).Select(link => $"{link.Key} {link.Value}"), Is.EqualTo([
            "first /users?sort=name%2Cdesc&page=0&size=2",
            "self /users?sort=name%2Cdesc&page=0&size=2",
            "next /users?sort=name%2Cdesc&page=1&size=2",
            "last /users?sort=name%2Cdesc&page=2&size=2",
        ]));
        Assert.That(page["page"]!.ToJsonString(), Is.EqualTo("""{"size":2,"totalElements":5,"totalPages":3,"number":0}"""));
    }

    [Test]
    public async Task Middle_and_last_pages_link_to_their_neighbours()
    {
        var middle = LinksOf(await GetAsync("/v1/users?size=2&page=1"));
        var last = LinksOf(await GetAsync("/v1/users?size=2&page=2"));

        Assert.That(middle.Keys, Is.EqualTo(["first", "prev", "self", "next", "last"]));
        Assert.That(last.Keys, Is.EqualTo(["first", "prev", "self", "last"]));
        Assert.That(last["prev"], Is.EqualTo("/users?page=1&size=2"));
    }

    [Test]
    public async Task Following_next_shows_each_user_once()
    {
        var ids = new List<long>();
        var next = "/v1/users?size=2";
        while (next is not null)
        {
            var page = await GetAsync(next);
            ids.AddRange(Ids(page, "users"));
            next = (string?)page["_links"]!["next"]?["href"];
        }

        Assert.That(ids, Is.EqualTo([1, 2, 3, 4, 6]));
    }

    [Test]
    public async Task An_empty_page_has_no_embedded_items()
    {
        var page = await GetAsync("/v1/users?name=nobody");

        Assert.That(page["_embedded"], Is.Null);
        Assert.That(LinksOf(page), Is.EqualTo(new Dictionary<string, string> { ["self"] = "/users?name=nobody&page=0&size=25" }));
        Assert.That(page["page"]!.ToJsonString(), Is.EqualTo("""{"size":25,"totalElements":0,"totalPages":0,"number":0}"""));
    }

    [Test]
    public async Task A_page_after_the_last_is_empty_and_links_back()
    {
        var page = await GetAsync("/v1/users?size=2&page=9");

        Assert.That(page["_embedded"], Is.Null);
        Assert.That(LinksOf(page)["prev"], Is.EqualTo("/users?page=2&size=2"));
        Assert.That((int)page["page"]!["totalElements"]!, Is.EqualTo(5));
    }

    [TestCase("size=0", 25)]
    [TestCase("size=", 25)]
    [TestCase("size=1000", 200)]
    public async Task Sizes_out_of_range_are_clamped(string query, int size)
    {
        Assert.That((int)(await GetAsync($"/v1/users?{query}"))["page"]!["size"]!, Is.EqualTo(size));
    }

    [Test]
    public async Task Page_metadata_follows_the_requested_case()
    {
        var page = await SendAsync(
            HttpMethod.Get, "/v1/users?size=2", null, HttpStatusCode.OK, accept: "application/vnd.chatkitty+json");

        Assert.That(page["page"]!.ToJsonString(), Is.EqualTo("""{"size":2,"total_elements":5,"total_pages":3,"number":0}"""));
    }

    [Test]
    public async Task Unknown_parameters_are_ignored_and_not_repeated()
    {
        Assert.That(LinksOf(await GetAsync("/v1/users?colour=blue"))["self"], Is.EqualTo("/users?page=0&size=25"));
    }
}
