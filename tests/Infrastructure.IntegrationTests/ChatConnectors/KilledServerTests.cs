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

/// <summary>One server dies over a call, another goes on: nothing is lost, nothing is told twice, and doubt is told as doubt.</summary>
public sealed class KilledServerTests : DatabaseTest
{
    private RecordingConnector _connector = null!;

    [SetUp]
    public void ForgetAll() => _connector = new RecordingConnector();

    [Test]
    public async Task Killed_after_the_change_was_stored_the_next_tells_it()
    {
        await using var first = await ServerAsync();
        await SendMessageAsync(first, await ChatAsync(first));
        await using var second = await ServerAsync();

        await RunAsync(second);

        Assert.That(_connector.Operations, Is.EqualTo([new ServiceOperation.SendMessage("Hello")]));
    }

    [Test]
    public async Task Killed_after_queueing_the_next_tells_it_once()
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
    public async Task Killed_over_a_message_nobody_knows_so_it_waits_for_a_person(bool afterTheCall, int expected)
    {
        await using var first = await ServerAsync();
        var chatId = await ChatAsync(first);
        await SendMessageAsync(first, chatId);
        await DieAsync(first, afterTheCall);
        await using var second = await ServerAsync();

        await RunAsync(second);
        Assert.That(_connector.Operations, Has.Count.EqualTo(expected), "while its lease runs, the first may still be at it");
        Clock.Advance(ChatOutboxDispatcher.Lease + TimeSpan.FromSeconds(1));
        await RunAsync(second);

        Assert.That(_connector.Operations, Has.Count.EqualTo(expected));
        var chat = await SendAsync(Riverside, new GetChat(chatId));
        Assert.That(chat.Value.LastError, Does.EndWith("may or may not have arrived and was not sent again: The server stopped while it was told."));
    }

    [TestCase(false, 1)]
    [TestCase(true, 2)]
    public async Task Killed_over_a_message_it_is_sent_again_where_that_is_wanted(bool afterTheCall, int expected)
    {
        _connector.ResendsInDoubt = true;
        await using var first = await ServerAsync();
        await SendMessageAsync(first, await ChatAsync(first));
        await DieAsync(first, afterTheCall);
        await using var second = await ServerAsync();
        Clock.Advance(ChatOutboxDispatcher.Lease + TimeSpan.FromSeconds(1));

        await RunAsync(second);

        Assert.That(_connector.Operations, Has.Count.EqualTo(expected));
    }

    [TestCase(false, 1)]
    [TestCase(true, 2)]
    public async Task Killed_over_what_may_be_repeated_it_is_repeated(bool afterTheCall, int expected)
    {
        await using var first = await ServerAsync();
        var chatId = await ChatAsync(first);
        await SendAsync(first, new UpdateChat(chatId, Description: "More"));
        await DieAsync(first, afterTheCall);
        await using var second = await ServerAsync();
        Clock.Advance(ChatOutboxDispatcher.Lease + TimeSpan.FromSeconds(1));

        await RunAsync(second);

        Assert.That(_connector.Operations, Is.EqualTo(Enumerable.Repeat(new ServiceOperation.SetDescription("More"), expected)));
        Assert.That((await SendAsync(Riverside, new GetChat(chatId))).Value.LastError, Is.Null);
    }

    [Test]
    public async Task Servers_that_run_together_tell_everything_once_and_in_order()
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
    public async Task Place_in_the_log_is_given_up_where_no_service_is_configured()
    {
        await using var first = await ServerAsync();
        Assert.That(await PlacesAsync(), Is.EqualTo(1));

        _connector.IsConfigured = false;
        await using var second = await ServerAsync();
        Assert.That(await PlacesAsync(), Is.Zero, "the log is kept until all who have a place have read it");
    }

    [Test]
    public async Task What_happened_before_there_was_a_service_is_not_told()
    {
        _connector.IsConfigured = false;
        await using var first = await ServerAsync();
        await SendMessageAsync(first, await ChatAsync(first));

        _connector.IsConfigured = true;
        await using var second = await ServerAsync();
        await RunAsync(second);

        Assert.That(_connector.Operations, Is.Empty);
    }

    private async Task<long> PlacesAsync()
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

    /// <summary>Takes up a call and never comes back from it.</summary>
    private async Task DieAsync(ServiceProvider server, bool afterTheCall)
    {
        await server.GetRequiredService<ChatOutboxFollower>().FollowAsync(CancellationToken.None);
        (_connector.DiesBefore, _connector.DiesAfter) = (!afterTheCall, afterTheCall);
        var dying = server.GetRequiredService<ChatOutboxDispatcher>().DispatchNextAsync(CancellationToken.None);
        await _connector.Death.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(dying.IsCompleted, Is.False);
        (_connector.DiesBefore, _connector.DiesAfter) = (false, false);
    }
}
