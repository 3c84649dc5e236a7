using System.Net;
using System.Xml.Linq;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>The generated avatars of users without a picture.</summary>
public sealed class AvatarTests : PlatformTest
{
    [TestCase("Joni+Jordyn", "J\u200cJ")]
    [TestCase("ada", "A")]
    [TestCase("Ada+King+Lovelace", "A\u200cL")]
    [TestCase("%22Bob%22+(Baker)", "B\u200cB")]
    [TestCase("%E2%80%AEevil", "E")]
    [TestCase("%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80+Astronaut", "👩\u200d🚀\u200cA")]
    [TestCase("%D7%A9%D7%9C%D7%95%D7%9D+%D7%A2%D7%95%D7%9C%D7%9D", "ש\u200cע")]
    [TestCase("e%CC%81mile", "E\u0301")]
    [TestCase("%3Cscript%3E", "<")]
    [TestCase("%26+%26", "?")]
    [TestCase("%2F", "?")]
    [TestCase("a%2Fb", "A\u200cB")]
    [TestCase("%EF%BF%BF", "?")]
    [TestCase("%01", "?")]
    [TestCase("...", "?")]
    public async Task Initials_of_a_name_in_any_script(string text, string initials)
    {
        using var response = await Anonymous().GetAsync(new Uri($"/v1/picture/{text}", UriKind.Relative));
        var image = XDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(image.Root!.Elements().Last().Value, Is.EqualTo(initials));
        Assert.That(image.Root.Elements().Select(element => element.Name.LocalName), Is.EqualTo(["rect", "text"]));
    }

    [Test]
    public async Task Many_accents_are_one_letter()
    {
        using var response = await Anonymous().GetAsync(
            new Uri("/v1/picture/z" + string.Concat(Enumerable.Repeat("%CC%81", 200)), UriKind.Relative));

        Assert.That(XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Elements().Last().Value, Is.EqualTo("Z"));
    }

    [Test]
    public async Task The_same_name_gives_the_same_cacheable_image()
    {
        using var first = await Anonymous().GetAsync(new Uri("/v1/picture/Bob", UriKind.Relative));
        using var other = await Anonymous().GetAsync(new Uri("/v1/picture/Ben", UriKind.Relative));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/picture/Bob");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var known = await Anonymous().SendAsync(again);
        using var head = await Anonymous().SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v1/picture/Bob"));

        Assert.That(first.Content.Headers.ContentType!.ToString(), Is.EqualTo("image/svg+xml"));
        Assert.That(first.Headers.CacheControl!.ToString(), Is.EqualTo("public, max-age=604800"));
        Assert.That(first.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        Assert.That(first.Headers.ETag, Is.Not.EqualTo(other.Headers.ETag), "another colour");
        Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(first.Content.Headers.ContentLength));
    }

    [Test]
    public async Task Text_is_bounded()
    {
        using var longest = await Anonymous().GetAsync(new Uri("/v1/picture/" + new string('x', 255), UriKind.Relative));

        Assert.That(longest.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await SendAsync(HttpMethod.Get, "/v1/picture/" + new string('x', 256), null, HttpStatusCode.BadRequest, client: Anonymous());
    }

    [TestCase("Ünïcødé 🌞 & Söhne/Töchter")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("%2F + ?#")]
    public async Task Users_without_a_picture_have_a_working_address(string displayName)
    {
        var user = await PostAsync("/v1/users", new System.Text.Json.Nodes.JsonObject
        {
            ["name"] = "jane",
            ["displayName"] = displayName,
        }.ToJsonString());

        using var response = await Anonymous().GetAsync(new Uri((string)user["displayPictureUrl"]!));

        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/svg+xml"));
    }
}
