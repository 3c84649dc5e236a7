using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

public enum DeliveryState
{
    Waiting = 0,

    /// <summary>A server is running the function, or stopped while running it.</summary>
    Running = 1,

    /// <summary>Failed too often; an operator decides.</summary>
    Dead = 2,
}

/// <summary>An event queued for a function. Per function and channel they run in order: a retry holds up later ones.</summary>
public sealed class FunctionDelivery : ITenantOwned
{
    private FunctionDelivery() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long FunctionId { get; private set; }

    public long ChannelId { get; private set; }

    public long? UserId { get; private set; }

    public long? MessageId { get; private set; }

    public long? NotificationId { get; private set; }

    /// <summary>The event's payload in the event log, as JSON.</summary>
    public string? Payload { get; private set; }

    /// <summary>The function's argument, as JSON; stored before the first attempt so that all attempts get the same.</summary>
    public string? Args { get; private set; }

    public DeliveryState State { get; private set; }

    public int Attempts { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public DateTime NotBefore { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    public InvocationFailure? Failure { get; private set; }

    public DateTime? EndedTime { get; private set; }

    public void Claim(DateTime now, TimeSpan lease)
    {
        State = DeliveryState.Running;
        Attempts++;
        LeaseUntil = now + lease;
    }

    public void SetArgs(string args) => Args = args;

    public void Retry(InvocationFailure failure, DateTime notBefore)
    {
        Failure = failure;
        Release(notBefore);
    }

    /// <summary>Does not count the attempt.</summary>
    public void Postpone(DateTime notBefore)
    {
        Attempts--;
        Release(notBefore);
    }

    public void MoveToDeadLetter(InvocationFailure failure, DateTime now)
    {
        Failure = failure;
        State = DeliveryState.Dead;
        EndedTime = now;
        LeaseUntil = null;
    }

    public void Replay(DateTime now)
    {
        Attempts = 0;
        EndedTime = null;
        Release(now);
    }

    private void Release(DateTime notBefore)
    {
        State = DeliveryState.Waiting;
        NotBefore = notBefore;
        LeaseUntil = null;
    }
}
