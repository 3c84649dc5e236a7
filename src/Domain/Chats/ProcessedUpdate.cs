using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

/// <summary>An update that has been applied. Services repeat updates when a response is lost.</summary>
public sealed class ProcessedUpdate : ITenantOwned
{
    private ProcessedUpdate() { }

    public long ApplicationId { get; private set; }

    public string Service { get; private set; } = null!;

    public string UpdateId { get; private set; } = null!;

    public DateTime ReceivedTime { get; private set; }

    public static ProcessedUpdate Create(long applicationId, string service, string updateId, DateTime now) =>
        new() { ApplicationId = applicationId, Service = service, UpdateId = updateId, ReceivedTime = now };
}
