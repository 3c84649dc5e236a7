using System.Globalization;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using NUnit.Framework;

namespace ChatPlatform.Application.UnitTests;

internal sealed class StorableJsonTests
{
    private const string Numbers = "must not contain numbers beyond 1.8e308 or with more than 400 characters without an exponent";
    private const string Text = "must not contain NUL or an unpaired surrogate";

    [TestCase("{}")]
    [TestCase("""{"n":[0,-0,1e308,-1.7976931348623157e308,4.9406564584124654e-324,0e300,1E+5,12345678901234567890.5]}""")]
    [TestCase("""{"😀":"\ud83d\ude00","a":[true,false,null]}""")]
    public void Json_that_every_client_can_read_is_storable(string json) => Assert.That(StorableJson.ProblemOfObject(json), Is.Null);

    [TestCase("[]", "must be a JSON object")]
    [TestCase("{", "must be a JSON object")]
    [TestCase("""{"n":1.8e308}""", Numbers)]
    [TestCase("""{"n":1e5000}""", Numbers)]
    [TestCase("""{"n":[{"n":-1e131071}]}""", Numbers)]
    [TestCase("""{"n":1e999999}""", Numbers)]
    [TestCase("""{"n":1e99999999999999999999}""", Numbers)]
    [TestCase("""{"n":1e-5000}""", Numbers)]
    [TestCase("""{"n":0e-5000}""", Numbers)]
    [TestCase("""{"n":0e5000}""", null)]
    [TestCase("""{"n":0.00001e309}""", null)]
    [TestCase("""{"n":0.00001e9999}""", Numbers)]
    [TestCase("""{"n":"\u0000"}""", Text)]
    [TestCase("""{"a\u0000":1}""", Text)]
    [TestCase("""{"n":["\ud800"]}""", Text)]
    [TestCase("""{"\udc00":1}""", Text)]
    public void Bad_json_is_refused_with_its_reason(string json, string? reason) =>
        Assert.That(StorableJson.ProblemOfObject(json), Is.EqualTo(reason));

    [TestCase(50, null)]
    [TestCase(51, "must not be nested more than 50 levels deep")]
    public void Depth_is_bounded(int levels, string? reason)
    {
        var json = $$"""{"a":{{new string('[', levels - 1)}}{{new string(']', levels - 1)}}}""";
        Assert.That(StorableJson.ProblemOfObject(json), Is.EqualTo(reason));
    }

    [Test]
    public void Length_is_that_of_what_is_stored_however_it_was_sent()
    {
        // {"a":"…"} is 8 characters longer than the text.
        var longest = TextLimits.Properties - 8;
        var escaped = string.Concat(Enumerable.Repeat(@"\u65e5", longest));
        var numbers = (int count) => $$"""{"a":[{{string.Join(',', Enumerable.Repeat("1e300", count))}}]}""";

        Assert.That(StorableJson.ProblemOfObject($$"""{"a":"{{new string('日', longest)}}"}"""), Is.Null);
        Assert.That(StorableJson.ProblemOfObject($$"""{"a":"{{escaped}}"}"""), Is.Null);
        Assert.That(StorableJson.ProblemOfObject($$"""{ {{new string(' ', 70_000)}} "a" : "{{escaped}}" }"""), Is.Null);
        Assert.That(StorableJson.ProblemOfObject($$"""{"a":"{{escaped}}x"}"""), Is.EqualTo(StorableJson.TooLong));
        Assert.That(StorableJson.ProblemOfObject(numbers(200)), Is.Null);
        Assert.That(StorableJson.ProblemOfObject(numbers(400)), Is.EqualTo(StorableJson.TooLong));
        Assert.That(StorableJson.TooLong, Does.Contain(TextLimits.Properties.ToString(CultureInfo.InvariantCulture)));
    }
}
