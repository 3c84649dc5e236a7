using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>The parameter <c>query</c> of message lists.</summary>
public sealed class SearchTests : PlatformTest
{
    private const string ToStaff = "/v1/channels/2/messages";

    [TestCase("analytical", true, Description = "a word, in any case")]
    [TestCase("ENGINE weaves", true, Description = "words in any order")]
    [TestCase("\"analytical engine\"", true, Description = "a phrase")]
    [TestCase("\"engine analytical\"", false)]
    [TestCase("engine -loom", true)]
    [TestCase("engine -weaves", false)]
    [TestCase("loom or engine", true)]
    [TestCase("lytic", true, Description = "a part of a word")]
    [TestCase("cal eng", true, Description = "as it stands in the text")]
    [TestCase("eng cal", true, Description = "parts of words in any order")]
    [TestCase("\"eng cal\"", false)]
    [TestCase("\"cal eng\"", true, Description = "a phrase as it stands")]
    [TestCase("an", false, Description = "one or two ASCII letters are a word only")]
    [TestCase("engine -lytic", false, Description = "without parts of words")]
    [TestCase("loom weav or lytic mill or cal -loom", true, Description = "or binds less than the space")]
    [TestCase("engine & weaves", true, Description = "single ASCII signs separate words")]
    [TestCase("by", true, Description = "short, and a word")]
    [TestCase("100%", true)]
    [TestCase("%", false, Description = "no wildcard")]
    [TestCase("e_gine", false, Description = "no wildcard")]
    [TestCase("file_name", true)]
    [TestCase("c:\\temp", true)]
    [TestCase("машина", true, Description = "letters of other scripts, in any case")]
    [TestCase("аШиН", true)]
    [TestCase("日本", true)]
    [TestCase("'; drop table messages; --", false)]
    [TestCase(":* & | ! ( <->", false)]
    [TestCase("nothing of it", false)]
    public async Task Search_finds(string search, bool found)
    {
        var id = await SendMessageAsync("The Analytical Engine weaves by 100% МАШИНА 日本 in C:\\Temp\\file_name.txt");
        await SendMessageAsync("Unrelated");

        Assert.That(await FoundAsync(ToStaff, search), Is.EqualTo(found ? [id] : new List<long>()));
    }

    [TestCase("我家在上海东边。", "上海")]
    [TestCase("我家在上海东边。", "东边")]
    [TestCase("数据分析的结果", "分析")]
    [TestCase("製品の説明書です", "説明")]
    [TestCase("전체검색기능", "검색")]
    [TestCase("我家在上海东边。", "海", Description = "one sign")]
    [TestCase("สวัสดีชาวโลก", "สวัสดี")]
    [TestCase("release v2.10.3-rc1", "2.10.3")]
    [TestCase("release v2.10.3-rc1", "v2.10")]
    [TestCase("at 10.1.20.5", "10.1.20")]
    [TestCase("party 🎉 time", "🎉")]
    [TestCase("love ❤\ufe0f", "❤")]
    [TestCase("love ❤", "❤\ufe0f")]
    [TestCase("no way!!!", "!!!")]
    [TestCase("sess.crate_types and opts", "sess opts")]
    [TestCase("sess.crate_types and opts", "opts sess")]
    [TestCase("see PLT-36991", "plt 3699")]
    [TestCase("johnny and mr doerr", "john doe")]
    [TestCase("it weaves algebraical patterns", "weav patterns")]
    [TestCase("au caf\u00e9", "cafe\u0301")]
    [TestCase("au cafe\u0301", "caf\u00e9")]
    [TestCase("au caf\u00e9s", "CAFE\u0301")]
    [TestCase("ｆｕｌｌ ｗｉｄｔｈ", "full wid", Description = "compatibility forms")]
    [TestCase("Große Straße", "STRASSE", Description = "case folding")]
    [TestCase("ΟΔΥΣΣΕΥΣ", "οδυσσευς", Description = "final sigma")]
    [TestCase("ΣΟΦΟΣΑ", "σοφος")]
    [TestCase("İSTANBUL", "istanbul")]
    [TestCase("rock-and-roll", "rock-and-roll")]
    [TestCase("https://example.com/a/b?c=d", "example.com/a/b")]
    [TestCase("this island", "is isl", Description = "a short word beside others")]
    [TestCase("run with --force", "--force")]
    [TestCase("مرحبا بالعالم", "مرحبا")]
    [TestCase("שלום עולם", "שלום")]
    [TestCase("नमस्ते दुनिया", "नमस्ते")]
    public async Task A_text_is_found_in_any_script_as_a_word_or_as_it_stands(string text, string search)
    {
        var id = await SendMessageAsync(text);
        await SendMessageAsync("Unrelated 無關");

        Assert.That(await FoundAsync(ToStaff, search), Is.EqualTo([id]));
    }

    [TestCase("au caf\u00e9", "cafe", Description = "accents count")]
    [TestCase("上山下海", "上海", Description = "not next to each other")]
    [TestCase("海上", "上海")]
    [TestCase("2x10x3", "2.10.3")]
    [TestCase("wow! no! way!", "!!!")]
    [TestCase("上海 party", "party -上海")]
    [TestCase("party", "🎉")]
    public async Task Another_text_is_not_found(string text, string search)
    {
        await SendMessageAsync(text);

        Assert.That(await FoundAsync(ToStaff, search), Is.Empty);
    }

    [Test]
    public async Task Many_words_and_operators_are_one_search()
    {
        var id = await SendMessageAsync(string.Concat(Enumerable.Repeat("abc ", 64)));

        Assert.That(await FoundAsync(ToStaff, string.Concat(Enumerable.Repeat("abc ", 63)).Trim()), Is.EqualTo([id]));
        Assert.That(await FoundAsync(ToStaff, "abc" + string.Concat(Enumerable.Repeat(" or x", 50))), Is.EqualTo([id]));
        Assert.That(await FoundAsync(ToStaff, string.Concat(Enumerable.Repeat("\" -", 60))), Is.Empty);
    }

    [Test]
    public async Task Every_list_of_messages_can_be_searched()
    {
        var greeting = await SendMessageAsync("needle one");
        var reply = (long)(await PostAsync(
            $"/v1/threads/{greeting}/messages", """{"type":"TEXT","body":"needle two","user":{"id":2}}"""))["id"]!;
        var elsewhere = (long)(await PostAsync("/v1/channels/4/messages", """{"type":"TEXT","body":"needle three"}"""))["id"]!;
        await SendMessageAsync("hay");

        Assert.That(await FoundAsync("/v1/messages", "needle"), Is.EqualTo([elsewhere, reply, greeting]));
        Assert.That(await FoundAsync(ToStaff, "needle"), Is.EqualTo([reply, greeting]));
        Assert.That(await FoundAsync($"/v1/threads/{Staff.MainThreadId}/messages", "needle"), Is.EqualTo([greeting]));
        Assert.That(await FoundAsync($"/v1/threads/{greeting}/messages", "needle"), Is.EqualTo([reply]));
        Assert.That(await FoundAsync($"/v1/users/{Bob.Id}/messages", "needle"), Is.EqualTo([reply]));
        Assert.That(await FoundAsync($"/v1/users/{Alice.Id}/messages?unread=true", "needle"), Is.EqualTo([elsewhere, reply]));
        Assert.That(await FoundAsync("/v1/messages?username=bob", "needle"), Is.EqualTo([reply]));
        Assert.That(await FoundAsync($"/v1/threads/{greeting}/messages?username=alice", "needle"), Is.Empty);
    }

    [Test]
    public async Task Search_finds_only_messages_of_the_list()
    {
        Assert.That(await FoundAsync("/v1/messages", "hello"), Is.Empty, "belongs to another application");
        Assert.That(await FoundAsync("/v1/messages", "anybody hear"), Is.Empty, "not broadcast");
        Assert.That(await FoundAsync("/v1/messages?username=carol", "anybody hear"), Is.EqualTo([NotBroadcast]));
    }

    [Test]
    public async Task An_edited_message_is_found_by_its_current_text()
    {
        var id = await SendMessageAsync("before");
        await PatchAsync($"/v1/messages/{id}", """{"body":"afterwards"}""");

        Assert.That(await FoundAsync(ToStaff, "before"), Is.Empty);
        Assert.That(await FoundAsync(ToStaff, "afterwards"), Is.EqualTo([id]));
    }

    [Test]
    public async Task Paging_is_stable_while_messages_come_and_go()
    {
        var needles = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            needles.Insert(0, await SendMessageAsync($"needle {i}"));
            await SendMessageAsync($"hay {i}");
        }

        var first = await GetAsync($"{ToStaff}?query=needle&size=2");
        await SendMessageAsync("needle new");
        await DeleteAsync($"/v1/messages/{needles[2]}");
        var second = await GetAsync((string)first["_links"]!["next"]!["href"]!);
        var back = await GetAsync((string)second["_links"]!["prev"]!["href"]!);

        Assert.That(Ids(first, "messages"), Is.EqualTo(needles[..2]));
        Assert.That(Ids(second, "messages"), Is.EqualTo(needles[3..]));
        Assert.That(Ids(back, "messages"), Is.EqualTo(needles[..2]));
        Assert.That(LinksOf(first)["next"], Does.StartWith("/channels/2/messages?query=needle&start="));
        Assert.That(LinksOf(second).Keys, Is.EqualTo(["prev", "self"]));
    }

    [Test]
    public async Task No_match_gives_an_empty_page()
    {
        var page = await GetAsync($"{ToStaff}?query=nothing");

        Assert.That(page["_embedded"], Is.Null);
        Assert.That(LinksOf(page)["self"], Is.EqualTo("/channels/2/messages?query=nothing&size=25&relation=SELF"));
    }

    [TestCase("/v1/messages")]
    [TestCase("/v1/channels/1/messages")]
    [TestCase("/v1/threads/1/messages")]
    [TestCase("/v1/users/1/messages")]
    public async Task A_query_that_is_not_storable_or_too_long_is_rejected(string list)
    {
        var tooLong = await GetAsync($"{list}?query={new string('x', 256)}", HttpStatusCode.BadRequest);
        var nul = await GetAsync($"{list}?query=a%00b", HttpStatusCode.BadRequest);
        var sender = await GetAsync($"{list}?username=a%00b", HttpStatusCode.BadRequest);

        Assert.That(tooLong["properties"]!["query"], Is.Not.Null);
        Assert.That(nul["properties"]!["query"], Is.Not.Null);
        Assert.That(sender["properties"]!["username"], Is.Not.Null);
        await GetAsync($"{list}?query={new string('x', 255)}");
        Assert.That(Ids(await GetAsync($"{list}?query="), "messages"), Is.EqualTo(Ids(await GetAsync(list), "messages")));
    }

    [Test]
    public Task Searching_an_unknown_channel_gives_404() => GetAsync("/v1/channels/5/messages?query=hello", HttpStatusCode.NotFound);

    private async Task<long> SendMessageAsync(string text)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var message = new JsonObject { ["type"] = "TEXT", ["body"] = text, ["user"] = new JsonObject { ["id"] = Alice.Id } };
        return (long)(await PostAsync(ToStaff, message.ToJsonString()))["id"]!;
    }

    private async Task<List<long>> FoundAsync(string list, string search) =>
        Ids(await GetAsync($"{list}{(list.Contains('?') ? '&' : '?')}query={Uri.EscapeDataString(search)}"), "messages");
}
