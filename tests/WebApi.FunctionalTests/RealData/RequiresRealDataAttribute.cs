using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChatPlatform.WebApi.FunctionalTests.RealData;

/// <summary>
/// For tests over real chat history, which the project does not ship. <c>CHATPLATFORM_REAL_DATA</c> names a folder with the folders
/// <c>irc</c> and <c>irc-large</c> in import format; without it the tests are skipped, and say so.
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
            test.Properties.Set(PropertyNames.SkipReason, "CHATPLATFORM_REAL_DATA names no folder of real chat data.");
        }
    }
}
