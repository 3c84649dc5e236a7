using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>The API descriptions are approved files in docs/openapi, so that a change of an API shows in review.</summary>
internal sealed class OpenApiDocumentTests : ServerTest
{
    private const string Folder = "../../../docs/openapi/";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [TestCase("aggregate")]
    [TestCase("chats")]
    [TestCase("engagement")]
    [TestCase("oauth")]
    [TestCase("platform")]
    public async Task Description_is_approved(string dialect)
    {
        var document = JsonNode.Parse(await Anonymous().GetStringAsync(new Uri($"/openapi/{dialect}.json", UriKind.Relative)))!;

        // A release changes the version and nothing else.
        document["info"]!["version"] = "0.0.0";
        Approved.MatchesText(document.ToJsonString(Indented), Folder + dialect, "json");
    }

    [Test]
    public void Every_dialect_has_an_approved_description()
    {
        var dialects = TableRoute.ReadAll(Server.Services).Select(route => route.Dialect).Distinct();
        var approved = Directory.GetFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, "../../../../../docs/openapi"), "*.json");

        Assert.That(approved.Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(dialects));
    }
}
