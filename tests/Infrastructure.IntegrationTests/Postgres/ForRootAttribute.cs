using ChatPlatform.Infrastructure.Postgres;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>Only root can change the owner of files; for other users the test is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ForRootAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (!OperatingSystem.IsLinux() || !UnprivilegedUser.IsNeeded)
        {
            test.RunState = RunState.Skipped;
            test.Properties.Set(PropertyNames.SkipReason, "Needs root on Linux.");
        }
    }
}
