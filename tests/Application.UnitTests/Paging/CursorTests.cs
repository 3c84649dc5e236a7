using ChatPlatform.Application.Common.Paging;
using NUnit.Framework;

namespace ChatPlatform.Application.UnitTests.Paging;

internal sealed class CursorTests
{
    private static readonly DateTime[] Times =
    [
        DateTime.UnixEpoch, DateTime.UnixEpoch.AddTicks(10), new(2026, 6, 15, 12, 0, 0, 123, 456, DateTimeKind.Utc),
        new(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc), new(1, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    ];

    [TestCaseSource(nameof(Times))]
    public void Cursor_round_trips_through_text(DateTime time)
    {
        var cursor = new Cursor(time, long.MaxValue);

        Assert.That(Cursor.TryParse(cursor.ToString(), out var parsed), cursor.ToString());
        Assert.That(parsed, Is.EqualTo(cursor));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("5")]
    [TestCase(".5")]
    [TestCase("5.")]
    [TestCase("5.-1")]
    [TestCase("a.b")]
    [TestCase("9223372036854775807.1")]
    [TestCase("-9223372036854775808.1")]
    [TestCase("99999999999999999999.1")]
    [TestCase("1.99999999999999999999")]
    [TestCase(" 1.1")]
    public void Invalid_cursor_is_rejected(string? text) => Assert.That(Cursor.TryParse(text, out _), Is.False);

    [TestCase(0, 25, 0)]
    [TestCase(1, 25, 1)]
    [TestCase(25, 25, 1)]
    [TestCase(26, 25, 2)]
    public void Total_pages_are_rounded_up(long items, int size, long pages) =>
        Assert.That(new Page<int>([], 0, size, items).TotalPages, Is.EqualTo(pages));
}
