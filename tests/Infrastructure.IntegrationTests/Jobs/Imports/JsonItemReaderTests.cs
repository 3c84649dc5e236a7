using System.IO.Compression;
using System.Text;
using ChatPlatform.Infrastructure.Jobs.Imports;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;

internal sealed class JsonItemReaderTests
{
    private const int MaxItem = 1_000;

    [TestCase("[]", 0)]
    [TestCase(" [ ] \n", 0)]
    [TestCase("[{\"a\":1}]", 1)]
    [TestCase("\uFEFF[ {\"a\":\"]},{\\\"\"} ,\r\n{\"a\":{\"b\":[1,{}]}} ]", 2)]
    [TestCase("[1, \"a,b\", null, [[]], -1.5e3,true]", 6)]
    [TestCase("{\"a\":1}", 1)]
    [TestCase("{\"a\":1}\n{\"a\":2}", 2)]
    [TestCase("\uFEFF{\"a\":1}\r\n\r\n  {\"a\":\"\\n\"}\n\n", 2)]
    public async Task Every_item_is_read(string text, int count)
    {
        foreach (var packed in new[] { false, true })
        {
            foreach (var chunk in new[] { 1, 2, 7, 100_000 })
            {
                var (items, failure) = await ReadAsync(text, packed, chunk);
                Assert.That((items.Count, failure), Is.EqualTo((count, (string?)null)), $"packed {packed}, chunks of {chunk}");
            }
        }
    }

    [TestCase("", "empty")]
    [TestCase(" \n ", "empty")]
    [TestCase("\uFEFF", "empty")]
    [TestCase("\"text\"", "neither")]
    [TestCase("name;body\n", "neither")]
    [TestCase("{not json", "Item 0 is not valid JSON")]
    [TestCase("{\n  \"a\": 1\n}", "Item 0 is not valid JSON")]
    [TestCase("[{\"a\":1}", "ends inside the array")]
    [TestCase("[{\"a\":1},", "ends inside the array")]
    [TestCase("[{\"a\":\"1", "ends inside an item")]
    [TestCase("[{\"a\":1},]", "array item is missing")]
    [TestCase("[,{\"a\":1}]", "array item is missing")]
    [TestCase("[{\"a\":1} {\"a\":2}]", "comma")]
    [TestCase("[{\"a\":1}] x", "after the end")]
    [TestCase("[{\"a\":1},{\"a\":1]]", "")]
    [TestCase("[{\"a\":\"b\"c\"},{\"a\":\"d\"}]", "ends inside an item")]
    [TestCase("[{\"a\":\"b},{\"a\":\"c\"},{\"a\":1}]", "ends inside an item")]
    [TestCase("[{\"a\":\"b\"c\"},{\"a\":d\"},{\"a\":1}]", "Item 0 is not valid JSON")]
    [TestCase("[{\"a\" 1},{\"a\":1}]", "Item 0 is not valid JSON")]
    [TestCase("[{\"a\":{\"b\":1},{\"c\":2}]", "Item 0 is not valid JSON")]
    [TestCase("[{\"a\":[1},{\"b\":2]}]", "Item 0 is not valid JSON")]
    [TestCase("[{\"a\":1}},{\"b\":2}]", "comma")]
    public async Task An_unreadable_file_fails_with_the_reason(string text, string reason)
    {
        foreach (var chunk in new[] { 1, 100_000 })
        {
            var (_, failure) = await ReadAsync(text, packed: false, chunk);
            Assert.That(failure, Does.Contain(reason).And.Match("byte [0-9]+ of the file"));
        }
    }

    [Test]
    public async Task Valid_items_before_the_error_are_read()
    {
        var (items, failure) = await ReadAsync("[{\"a\":1},{\"a\":2},{\"a\":", packed: false, 5);

        Assert.That(items, Is.EqualTo(new[] { "{\"a\":1}", "{\"a\":2}" }));
        Assert.That(failure, Does.Contain("byte 17"));
    }

    [Test]
    public async Task An_invalid_line_is_an_invalid_item_and_reading_continues()
    {
        var (items, failure) = await ReadAsync("{\"a\":1}\n{\"a\": \"open\n{\"a\":3}\n", packed: false, 5);

        Assert.That(failure, Is.Null);
        Assert.That(items, Is.EqualTo(new[] { "{\"a\":1}", "! is not valid JSON", "{\"a\":3}" }).Using<string>((a, b) =>
            a == b || (a.StartsWith('!') && b.StartsWith('!'))));
    }

    [TestCase("{\"a\":NaN}")]
    [TestCase("{\"a\":tru}")]
    [TestCase("{\"a\":\"\\x41\"}")]
    [TestCase("{\"a\":\"\t\"}")]
    [TestCase("{'a':1}")]
    [TestCase("{\"a\":1,}")]
    [TestCase("NaN")]
    [TestCase("{\"a\":DEEP}")]
    public async Task An_item_of_an_array_that_is_not_valid_JSON_is_an_invalid_item(string bad)
    {
        bad = bad.Replace("DEEP", new string('[', 70) + new string(']', 70), StringComparison.Ordinal);

        var (items, failure) = await ReadAsync($"[{{\"a\":1}},{bad},{{\"a\":3}}]", packed: false, 5);

        Assert.That(failure, Is.Null);
        Assert.That(items, Has.Count.EqualTo(3));
        Assert.That((items[0], items[1][..20], items[2]), Is.EqualTo(("{\"a\":1}", "! is not valid JSON:", "{\"a\":3}")));
    }

    [TestCase("[{\"a\":1},{\"a\":\"", "\"},{\"a\":3}]")]
    [TestCase("{\"a\":1}\n{\"a\":\"", "\"}\n{\"a\":3}")]
    public async Task An_oversized_item_is_invalid(string before, string after)
    {
        foreach (var size in new[] { MaxItem, 300_000, 5_000_000 })
        {
            var (items, failure) = await ReadAsync(before + new string('x', size) + after, packed: true, 64_000);
            Assert.That(failure, Is.Null);
            Assert.That(items, Is.EqualTo(new[] { "{\"a\":1}", "! is larger than 1000 bytes", "{\"a\":3}" }));
        }
    }

    [Test]
    public async Task Text_that_is_not_utf8_is_an_invalid_item()
    {
        var bytes = Encoding.UTF8.GetBytes("[{\"a\":\"?\"},{\"a\":2}]");
        bytes[7] = 0xFF;

        var (items, _) = await ReadAsync(bytes, 100);

        Assert.That(items, Is.EqualTo(new[] { "! is not valid UTF-8", "{\"a\":2}" }));
    }

    [Test]
    public async Task Truncated_damaged_or_padded_gzip_is_an_error()
    {
        var text = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"{{\"a\":{i},\"b\":\"{i * 7919}\"}}"));
        var packed = Pack(text);
        var damaged = packed.ToArray();
        damaged[packed.Length / 2] ^= 0x55;

        foreach (var file in new[] { packed[..(packed.Length / 2)], packed[..^4], packed[..^9], damaged, [.. packed, .. new byte[512]] })
        {
            var (items, failure) = await ReadAsync(file, 100_000);
            Assert.That(failure, Does.Contain("gzip"), $"{file.Length} of {packed.Length} bytes");
            Assert.That(items, Has.Count.LessThanOrEqualTo(20_000));
        }
    }

    [Test]
    public async Task Skipped_items_are_counted_without_being_parsed()
    {
        await using var reader = await OpenAsync(Encoding.UTF8.GetBytes("[{bad},{\"a\":2},{\"a\":3}]"), 3);

        await reader.SkipAsync(2, CancellationToken.None);
        var read = await reader.ReadAsync(CancellationToken.None);

        Assert.That((read, reader.Index, reader.Item.GetRawText()), Is.EqualTo((true, 2, "{\"a\":3}")));
        Assert.That(await reader.ReadAsync(CancellationToken.None), Is.False);
        Assert.That((reader.Failure, reader.BytesRead), Is.EqualTo(((string?)null, 23)));
    }

    private static Task<(List<string> Items, string? Failure)> ReadAsync(string text, bool packed, int chunk) =>
        ReadAsync(packed ? Pack(text) : Encoding.UTF8.GetBytes(text), chunk);

    private static async Task<(List<string> Items, string? Failure)> ReadAsync(byte[] file, int chunk)
    {
        await using var reader = await OpenAsync(file, chunk);
        var items = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
        {
            items.Add(reader.Problem is null ? reader.Item.GetRawText() : $"! {reader.Problem}");
            Assert.That(reader.Index, Is.EqualTo(items.Count - 1));
        }

        return (items, reader.Failure);
    }

    private static Task<JsonItemReader> OpenAsync(byte[] file, int chunk) =>
        JsonItemReader.OpenAsync(new ChunkedStream(file, chunk), MaxItem, CancellationToken.None);

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    /// <summary>Returns few bytes at a time.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
