using NUnit.Framework;

namespace ChatPlatform.Testing;

/// <summary>Skips a test only if an external resource is missing.</summary>
public static class Skip
{
    /// <summary>Skips the test if a download was not possible; fails it for any other reason.</summary>
    public static void IfDownloadFailed(string reason)
    {
        Assert.That(reason, Does.Contain("could not be fetched").Or.Contains("The registry could not be reached"));
        Assert.Ignore(reason);
    }
}
