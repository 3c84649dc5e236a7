using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.IntegrationTests.ChatServices;

/// <summary>An outside service that remembers what it was told, and can make whoever tells it die before or after.</summary>
internal sealed class RememberingService : IOutsideChatService
{
    private readonly List<ServiceCall> _told = [];
    private readonly TaskCompletionSource _death = new();

    public IReadOnlyList<ServiceCall> Told => _told;

    public bool DiesBefore { get; set; }

    public bool DiesAfter { get; set; }

    /// <summary>Ends when somebody has died over a call.</summary>
    public Task Death => _death.Task;

    public bool RepeatsInDoubt { get; set; }

    public string Name => "remembering";

    public bool AdmitsFromHere => false;

    public bool IsConfigured { get; set; } = true;

    public int MaxText => 100;

    public ValueTask<bool> ServesAsync(long applicationId, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public Error? Refuse(CreateChat request) => null;

    public string? DrawLink(Chat chat) => null;

    public Task<Result<MadeChat>> MakeAsync(Chat chat, CancellationToken cancellationToken) =>
        Task.FromResult<Result<MadeChat>>(new MadeChat("https://remembering.example/1"));

    public async Task<CallResult> CallAsync(
        long applicationId, string chatExternalId, ServiceCall call, CancellationToken cancellationToken)
    {
        await DieAsync(DiesBefore);
        _told.Add(call);
        await DieAsync(DiesAfter);
        return new CallResult.Done(MessageId: call is ServiceCall.Say ? $"{_told.Count}" : null);
    }

    public Task<Result<ServiceNews?>> ReadAsync(WebhookCall call, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ServiceNews?>>(WebhookErrors.Unknown);

    /// <summary>Who is killed neither returns nor throws.</summary>
    private Task DieAsync(bool dies)
    {
        if (!dies)
        {
            return Task.CompletedTask;
        }

        _death.SetResult();
        return new TaskCompletionSource().Task;
    }
}
