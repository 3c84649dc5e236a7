using NUnit.Framework;

namespace ChatPlatform.Testing;

/// <summary>Skips tests visibly, and only where it is the outside that is missing.</summary>
public static class Skip
{
    /// <summary>Ends a test that needs what has to be fetched: as skipped when it cannot be had, and as failed for any other reason.</summary>
    public static void IfDownloadFailed(string reason)
    {
        Assert.That(reason, Does.Contain("could not be fetched").Or.Contains("The registry could not be reached"));
        Assert.Ignore(reason);
    }
}
