using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.IntegrationTests.ChatConnectors;

/// <summary>An external service that records its operations and can simulate a crash of the caller before or after one.</summary>
internal sealed class RecordingConnector : IExternalChatConnector
{
    private readonly List<ServiceOperation> _operations = [];
    private readonly TaskCompletionSource _crash = new();

    public IReadOnlyList<ServiceOperation> Operations => _operations;

    public bool CrashesBefore { get; set; }

    public bool CrashesAfter { get; set; }

    /// <summary>Completes at the simulated crash.</summary>
    public Task Crash => _crash.Task;

    public bool ResendsInDoubt { get; set; }

    public string Name => "recording";

    public bool CanAddParticipants => false;

    public bool IsConfigured { get; set; } = true;

    public int MaxText => 100;

    public ValueTask<bool> IsAvailableForAsync(long applicationId, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public Error? Validate(CreateChat request) => null;

    public string? GenerateLink(Chat chat) => null;

    public Task<Result<ProvisionedChat>> ProvisionAsync(Chat chat, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ProvisionedChat>>(new ProvisionedChat("https://recording.example/1"));

    public async Task<OperationResult> ExecuteAsync(
        long applicationId, string chatExternalId, ServiceOperation operation, CancellationToken cancellationToken)
    {
        await CrashAsync(CrashesBefore);
        _operations.Add(operation);
        await CrashAsync(CrashesAfter);
        return new OperationResult.Done(MessageId: operation is ServiceOperation.SendMessage ? $"{_operations.Count}" : null);
    }

    public Task<Result<InboundUpdate?>> ReadAsync(WebhookRequest webhook, CancellationToken cancellationToken) =>
        Task.FromResult<Result<InboundUpdate?>>(WebhookErrors.Unknown);

    /// <summary>A killed process neither returns nor throws.</summary>
    private Task CrashAsync(bool crashes)
    {
        if (!crashes)
        {
            return Task.CompletedTask;
        }

        _crash.SetResult();
        return new TaskCompletionSource().Task;
    }
}
