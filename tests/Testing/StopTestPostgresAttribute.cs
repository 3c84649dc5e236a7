using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace ChatPlatform.Testing;

/// <summary>
/// On a test assembly: stops the temporary server after the last test. Process exit would be too late: the test runner kills a process that
/// takes longer than 100 ms to exit.
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
