using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class DescriptionTests : ChatTest
{
    [TestCase("Instant", "date-time")]
    [TestCase("ChatSort", null)]
    public async Task Values_written_as_text_are_described_as_text(string schema, string? format)
    {
        var described = (await GetAsync("/openapi/chats.json"))["components"]!["schemas"]![schema]!.AsObject();

        Assert.That((string?)described["type"], Is.EqualTo("string"), described.ToString());
        Assert.That((string?)described["format"], Is.EqualTo(format));
        Assert.That(described.ContainsKey("properties"), Is.False);
    }
}
