using System.Net;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class ProvisionChatJobTests : ChatTest
{
    private readonly FlakyConnector _flaky = new();

    protected override bool Workers => true;

    protected override void Configure(ServerFactory server) =>
        server.Replacements = services => services.AddSingleton<IChatConnector>(_flaky);

    [Test]
    public async Task Chat_is_provisioned_in_the_background()
    {
        var chatId = await RegisterAsync(new { title = "Tuesday" });

        await Wait.UntilAsync(async () => (bool)(await DetailAsync(chatId))["isActive"]!, "the chat is active");

        await GetAsync($"{Chats}/{chatId}/invitation");
        Assert.That(await ScalarAsync("select array_agg(state) from jobs"), Is.EqualTo(new[] { 2 }), "finished");
    }

    [Test]
    public async Task Failing_service_is_retried_and_its_error_shown()
    {
        _flaky.Provisioned = new ProvisionedChat("https://flaky.example/1");
        _flaky.Errors = new Queue<string>(["Not today.", "Not now either."]);
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "flaky" });

        await UntilErrorAsync("Not today.");
        Assert.That(_flaky.Calls, Is.EqualTo(1), "not retried before the wait is over");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilErrorAsync("Not now either.");
        await UntilWaitingAsync(TimeSpan.FromSeconds(2));
        Clock.Advance(TimeSpan.FromSeconds(2));
        await Wait.UntilAsync(async () => (bool)(await DetailAsync(chatId))["isActive"]!, "the chat is active");

        var chat = await DetailAsync(chatId);
        Assert.That(chat.ContainsKey("lastError"), Is.False, $"{chat}");
        Assert.That((string?)(await GetAsync($"{Chats}/{chatId}/invitation"))["invitation"], Is.EqualTo("https://flaky.example/1"));

        async Task UntilErrorAsync(string error)
        {
            await Wait.UntilAsync(async () => (string?)(await DetailAsync(chatId))["lastError"] == error, $"the error is '{error}'");
            await GetAsync($"{Chats}/{chatId}/invitation", HttpStatusCode.Conflict);
            await Wait.UntilAsync(async () => await ScalarAsync("select state from jobs") is 0, "the job waits");
        }
    }

    private async Task UntilWaitingAsync(TimeSpan wait) => Assert.That(
        await ScalarAsync("select not_before from jobs"), Is.EqualTo(Clock.Now + wait), "twice as long as before");

    private sealed class FlakyConnector : IChatConnector
    {
        public string Name => "flaky";

        public bool CanAddParticipants => false;

        public Queue<string> Errors { get; set; } = [];

        public ProvisionedChat Provisioned { get; set; } = new(null);

        public int Calls { get; private set; }

        public ValueTask<bool> IsAvailableForAsync(long applicationId, CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public Error? Validate(CreateChat request) => null;

        public string? GenerateLink(Chat chat) => null;

        public Task<Result<ProvisionedChat>> ProvisionAsync(Chat chat, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromResult<Result<ProvisionedChat>>(
                Errors.TryDequeue(out var error) ? new ConflictError("flaky.error", error) : Provisioned);
        }
    }
}
