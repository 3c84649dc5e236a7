using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.IntegrationTests.ChatConnectors;

/// <summary>An outside service that remembers what it was told, and can make whoever tells it die before or after.</summary>
internal sealed class RecordingConnector : IExternalChatConnector
{
    private readonly List<ServiceOperation> _operations = [];
    private readonly TaskCompletionSource _death = new();

    public IReadOnlyList<ServiceOperation> Operations => _operations;

    public bool DiesBefore { get; set; }

    public bool DiesAfter { get; set; }

    /// <summary>Ends when somebody has died over a call.</summary>
    public Task Death => _death.Task;

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
        await DieAsync(DiesBefore);
        _operations.Add(operation);
        await DieAsync(DiesAfter);
        return new OperationResult.Done(MessageId: operation is ServiceOperation.SendMessage ? $"{_operations.Count}" : null);
    }

    public Task<Result<InboundUpdate?>> ReadAsync(WebhookRequest webhook, CancellationToken cancellationToken) =>
        Task.FromResult<Result<InboundUpdate?>>(WebhookErrors.Unknown);

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
