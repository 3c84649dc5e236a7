using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChatPlatform.WebApi.FunctionalTests.RealData;

/// <summary>
/// For tests with real chat history, which is not part of the repository. <c>CHATPLATFORM_REAL_DATA</c> names a folder with the folders
/// <c>irc</c> and <c>irc-large</c> in import format; without it the tests are skipped with a message.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresRealDataAttribute : Attribute, IApplyToTest
{
    public static string? Folder => Environment.GetEnvironmentVariable("CHATPLATFORM_REAL_DATA");

    public void ApplyToTest(Test test)
    {
        if (string.IsNullOrEmpty(Folder) && test.RunState is RunState.Runnable)
        {
            test.RunState = RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, "CHATPLATFORM_REAL_DATA does not name a folder of real chat data.");
        }
    }
}
