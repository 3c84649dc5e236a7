using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>Tests with server processes on one database and one data folder, new for each test.</summary>
internal abstract class ServerProcessTest
{
    protected string Folder { get; private set; } = null!;

    protected TestDatabase Database { get; private set; } = null!;

    [SetUp]
    public async Task CreateDatabase()
    {
        Directory.CreateDirectory(Folder = ScratchFolder.New("chatplatform-processes-"));
        Database = await TestDatabase.CloneAsync();
    }

    [TearDown]
    public async Task DropDatabase()
    {
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
