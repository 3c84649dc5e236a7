using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.ChatConnectors.Outbox;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.ChatConnectors;

/// <summary>A server crashes during a call and another one continues: no call is lost or repeated, unknown outcomes are shown.</summary>
public sealed class KilledServerTests : DatabaseTest
{
    private RecordingConnector _connector = null!;

    [SetUp]
    public void CreateConnector() => _connector = new RecordingConnector();

    [Test]
    public async Task Crash_after_the_change_is_stored_loses_nothing()
    {
        await using var first = await ServerAsync();
        await SendMessageAsync(first, await ChatAsync(first));
        await using var second = await ServerAsync();

        await RunAsync(second);

        Assert.That(_connector.Operations, Is.EqualTo([new ServiceOperation.SendMessage("Hello")]));
    }

    [Test]
    public async Task Crash_after_queueing_sends_once()
    {
        await using var first = await ServerAsync();
        await SendMessageAsync(first, await ChatAsync(first));
        await first.GetRequiredService<ChatOutboxFollower>().FollowAsync(CancellationToken.None);
        await using var second = await ServerAsync();

        await RunAsync(second);
        await RunAsync(second);

        Assert.That(_connector.Operations, Is.EqualTo([new ServiceOperation.SendMessage("Hello")]));
    }

    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public async Task Crash_during_a_message_leaves_it_in_doubt(bool afterTheCall, int expected)
    {
        await using var first = await ServerAsync();
        var chatId = await ChatAsync(first);
        await SendMessageAsync(first, chatId);
        await CrashAsync(first, afterTheCall);
        await using var second = await ServerAsync();

        await RunAsync(second);
        Assert.That(_connector.Operations, Has.Count.EqualTo(expected), "the first server may still execute it during the lease");
        Clock.Advance(ChatOutboxDispatcher.Lease + TimeSpan.FromSeconds(1));
        await RunAsync(second);

        Assert.That(_connector.Operations, Has.Count.EqualTo(expected));
        var chat = await SendAsync(Riverside, new GetChat(chatId));
        Assert.That(
            chat.Value.LastError,
            Does.EndWith("may or may not have arrived and was not sent again: The server stopped during the call."));
    }

    [TestCase(false, 1)]
    [TestCase(true, 2)]
    public async Task Crash_during_a_message_resends_it_if_configured(bool afterTheCall, int expected)
    {
        _connector.ResendsInDoubt = true;
        await using var first = await ServerAsync();
        await SendMessageAsync(first, await ChatAsync(first));
        await CrashAsync(first, afterTheCall);
        await using var second = await ServerAsync();
        Clock.Advance(ChatOutboxDispatcher.Lease + TimeSpan.FromSeconds(1));

        await RunAsync(second);

        Assert.That(_connector.Operations, Has.Count.EqualTo(expected));
    }

    [TestCase(false, 1)]
    [TestCase(true, 2)]
    public async Task Crash_during_an_idempotent_operation_repeats_it(bool afterTheCall, int expected)
    {
        await using var first = await ServerAsync();
        var chatId = await ChatAsync(first);
        await SendAsync(first, new UpdateChat(chatId, Description: "More"));
        await CrashAsync(first, afterTheCall);
        await using var second = await ServerAsync();
        Clock.Advance(ChatOutboxDispatcher.Lease + TimeSpan.FromSeconds(1));

        await RunAsync(second);

        Assert.That(_connector.Operations, Is.EqualTo(Enumerable.Repeat(new ServiceOperation.SetDescription("More"), expected)));
        Assert.That((await SendAsync(Riverside, new GetChat(chatId))).Value.LastError, Is.Null);
    }

    [Test]
    public async Task Parallel_servers_send_everything_once_and_in_order()
    {
        await using var first = await ServerAsync();
        await using var second = await ServerAsync();
        var chatId = await ChatAsync(first);
        for (var i = 0; i < 10; i++)
        {
            await SendMessageAsync(first, chatId, $"{i}");
        }

        await Task.WhenAll(RunAsync(first), RunAsync(second), RunAsync(first), RunAsync(second));
        await RunAsync(first);

        Assert.That(
            _connector.Operations.OfType<ServiceOperation.SendMessage>().Select(operation => operation.Text),
            Is.EqualTo(Enumerable.Range(0, 10).Select(i => $"{i}")));
    }

    [Test]
    public async Task Log_position_is_removed_without_a_configured_service()
    {
        await using var first = await ServerAsync();
        Assert.That(await CountPositionsAsync(), Is.EqualTo(1));

        _connector.IsConfigured = false;
        await using var second = await ServerAsync();
        Assert.That(await CountPositionsAsync(), Is.Zero, "a position that is not read keeps the log from being trimmed");
    }

    [Test]
    public async Task Events_before_the_service_is_configured_are_not_sent()
    {
        _connector.IsConfigured = false;
        await using var first = await ServerAsync();
        await SendMessageAsync(first, await ChatAsync(first));

        _connector.IsConfigured = true;
        await using var second = await ServerAsync();
        await RunAsync(second);

        Assert.That(_connector.Operations, Is.Empty);
    }

    private async Task<long> CountPositionsAsync()
    {
        await using var command = DataSource.CreateCommand("select count(*) from follower_positions where name = 'chats'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<ServiceProvider> ServerAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddInfrastructure(Database.ConnectionString);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IChatConnector>(_connector);
        var server = services.BuildServiceProvider(validateScopes: true);
        await server.GetRequiredService<ChatOutboxFollower>().RegisterAsync(CancellationToken.None);
        return server;
    }

    private static async Task<T> SendAsync<T>(ServiceProvider server, IRequest<Result<T>> request)
    {
        await using var scope = server.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(Riverside.Id);
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
        Assert.That(result.IsSuccess, result.Error?.Message);
        return result.Value;
    }

    private static async Task<Guid> ChatAsync(ServiceProvider server)
    {
        var chatId = await SendAsync(server, new CreateChat("Tuesday", Service: "recording", ExternalId: "there"));
        await SendAsync(server, new ProvisionChat(chatId));
        return chatId;
    }

    private static Task<long> SendMessageAsync(ServiceProvider server, Guid chatId, string text = "Hello") =>
        SendAsync(server, new SendChatMessage(chatId, text));

    private static async Task RunAsync(ServiceProvider server)
    {
        await server.GetRequiredService<ChatOutboxFollower>().FollowAsync(CancellationToken.None);
        while (await server.GetRequiredService<ChatOutboxDispatcher>().DispatchNextAsync(CancellationToken.None))
        {
        }
    }

    /// <summary>Claims an entry and never finishes the call.</summary>
    private async Task CrashAsync(ServiceProvider server, bool afterTheCall)
    {
        await server.GetRequiredService<ChatOutboxFollower>().FollowAsync(CancellationToken.None);
        (_connector.CrashesBefore, _connector.CrashesAfter) = (!afterTheCall, afterTheCall);
        var call = server.GetRequiredService<ChatOutboxDispatcher>().DispatchNextAsync(CancellationToken.None);
        await _connector.Crash.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(call.IsCompleted, Is.False);
        (_connector.CrashesBefore, _connector.CrashesAfter) = (false, false);
    }
}
