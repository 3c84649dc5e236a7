using ChatPlatform.Domain.Common;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Common;

internal sealed class ResultTests
{
    private static readonly Error Missing = new NotFoundError("thing.not_found", "There is no such thing.");

    [Test]
    public void A_failed_result_has_an_error_and_no_value()
    {
        Result<int> result = Missing;

        Assert.That((result.IsSuccess, result.Error), Is.EqualTo((false, Missing)));
        Assert.That(() => result.Value, Throws.InvalidOperationException);
    }

    [Test]
    public void A_value_is_a_success()
    {
        Result<int> result = 5;

        Assert.That((result.IsSuccess, result.Value, result.Error), Is.EqualTo((true, 5, (Error?)null)));
    }

    [TestCase("plain", true)]
    [TestCase("\U0001F600 smile", true)]
    [TestCase("nul\0", false)]
    [TestCase("", true)]
    public void Text_with_NUL_is_not_storable(string text, bool storable) =>
        Assert.That(StorableText.IsStorable(text), Is.EqualTo(storable));

    // Attributes cannot hold these.
    [Test]
    public void Unpaired_surrogate_is_not_storable() =>
        Assert.That(new[] { "half \uD83D", "\uDE00 other half", "\uDE00\uD83D" }.Where(StorableText.IsStorable), Is.Empty);
}
