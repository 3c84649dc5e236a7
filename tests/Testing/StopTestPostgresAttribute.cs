using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace ChatPlatform.Testing;

/// <summary>
/// Put on a test assembly, ends the throw-away server after its last test. The end of the process would be too late: the test runner
/// kills a process that takes longer than a tenth of a second to go.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class StopTestPostgresAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Suite;

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test) => TestPostgres.StopAsync().GetAwaiter().GetResult();
}
