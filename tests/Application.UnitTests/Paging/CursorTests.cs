using ChatPlatform.Application.Common.Paging;
using NUnit.Framework;

namespace ChatPlatform.Application.UnitTests.Paging;

internal sealed class CursorTests
{
    private static readonly Position Place = new(new DateTime(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc).AddTicks(10), long.MaxValue);

    private static readonly Cursor[] Cursors =
    [
        new(Place),
        new(Place with { Time = DateTime.MinValue }),
        new(Place, new Seen("700:700:")),
        new(Place, new Seen("1000000000000:1000000000009:1000000000000,1000000000003")),
        new(Place, new Seen("700:705:701", new Backlog("800:801:", Place with { Id = 4 }))),
    ];

    [TestCaseSource(nameof(Cursors))]
    public void A_cursor_survives_its_text(Cursor cursor)
    {
        Assert.That(Cursor.TryParse(cursor.ToString(), out var parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(cursor));
        Assert.That(Uri.EscapeDataString(cursor.ToString()), Is.EqualTo(cursor.ToString()), "needs no escapes in an address");
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("7")]
    [TestCase("x.7")]
    [TestCase("7.x")]
    [TestCase(".7")]
    [TestCase("7.")]
    [TestCase("7.-7")]
    [TestCase("7.7.7")]
    [TestCase("7.7.")]
    [TestCase("7.7.0_0")]
    [TestCase("7.7.700_5_x")]
    [TestCase("7.7.700_5_-1")]
    [TestCase("7.7.700_5_5", Description = "runs at the end")]
    [TestCase("7.7.700_5_3_3", Description = "twice")]
    [TestCase("7.7.700_5_3_1", Description = "out of order")]
    [TestCase("7.7.9223372036854775807_1")]
    [TestCase("7.7.700_5.700_5")]
    [TestCase("7.7.700_5.700_5.7")]
    [TestCase("7.7.700_5.700_5.7.x")]
    [TestCase("7.7.700_5.700_5.7.7.7")]
    [TestCase("99999999999999999999.7")]
    [TestCase("-62135596800000001.7", Description = "before the year 1")]
    [TestCase("253402300800000000.7", Description = "after the year 9999")]
    public void Anything_else_is_refused(string? text) => Assert.That(Cursor.TryParse(text, out _), Is.False);

    [TestCase(0, 25, 0)]
    [TestCase(1, 25, 1)]
    [TestCase(25, 25, 1)]
    [TestCase(26, 25, 2)]
    public void Total_pages_are_rounded_up(long items, int size, long pages) =>
        Assert.That(new Page<int>([], 0, size, items).TotalPages, Is.EqualTo(pages));
}
