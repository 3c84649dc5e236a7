using NUnit.Framework;

namespace ChatPlatform.Testing;

/// <summary>A fixture with its own server, called over HTTP. Each test starts with the seeded community in the database.</summary>
public abstract class ServerTest
{
    private readonly List<HttpClient> _clients = [];

    protected TestDatabase Database { get; private set; } = null!;

    protected TestClock Clock { get; } = new();

    protected ServerFactory Server { get; private set; } = null!;

    /// <summary>Whether background workers run. A test then waits for their results with <see cref="Wait"/>.</summary>
    protected virtual bool Workers => false;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        Database = await TestDatabase.CloneAsync();
        Server = new ServerFactory(Database, Clock, Workers);
        Configure(Server);
    }

    [SetUp]
    public async Task ResetDatabase()
    {
        Clock.Now = SeededCommunity.Now;
        await Database.ResetAsync();
    }

    [TearDown]
    public void DisposeClients()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Called before the server starts.</summary>
    protected virtual void Configure(ServerFactory server) { }

    /// <inheritdoc cref="ServerFactory.ClientFor"/>
    protected HttpClient ClientFor(SeededApplication application, params string[] scopes) => Track(Server.ClientFor(application, scopes));

    /// <inheritdoc cref="ServerFactory.DeveloperFor"/>
    protected HttpClient DeveloperFor(SeededApplication application) => Track(Server.DeveloperFor(application));

    /// <inheritdoc cref="ServerFactory.LoginFor"/>
    protected HttpClient LoginFor(SeededApplication application, SeededUser user) => Track(Server.LoginFor(application, user));

    /// <inheritdoc cref="ServerFactory.Anonymous"/>
    protected HttpClient Anonymous() => Track(Server.Anonymous());

    private HttpClient Track(HttpClient client)
    {
        _clients.Add(client);
        return client;
    }
}
