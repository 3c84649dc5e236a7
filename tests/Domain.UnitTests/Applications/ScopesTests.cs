using ChatPlatform.Domain.Applications;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Applications;

internal sealed class ScopesTests
{
    [TestCase("read:channel", "read:channel", true)]
    [TestCase("read:*", "read:channel", true)]
    [TestCase("read:channel", "read:channels", true)]
    [TestCase("read:channels", "read:channel", true)]
    [TestCase("read:channel", "read:channel_membership", false)]
    [TestCase("create:*", "read:channel", false)]
    [TestCase("read:user", "read:channel", false)]
    [TestCase("*", "read:channel", false)]
    public void Scope_is_granted_by_name_or_by_wildcard(string granted, string required, bool allowed) =>
        Assert.That(Scopes.Allow([granted], required), Is.EqualTo(allowed));

    [TestCase("read:channel", true)]
    [TestCase("delete:*", true)]
    [TestCase("read:", false)]
    [TestCase(":channel", false)]
    [TestCase("write:channel", false)]
    [TestCase("read:Channel", false)]
    [TestCase("read", false)]
    public void Scope_format_is_verb_colon_resource(string scope, bool wellFormed) =>
        Assert.That(Scopes.IsWellFormed(scope), Is.EqualTo(wellFormed));
}
