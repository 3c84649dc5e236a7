using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

public enum DeliveryState
{
    Waiting = 0,

    /// <summary>A server runs the function for it now, or died over it.</summary>
    Running = 1,

    /// <summary>The function failed over it too often; a person decides.</summary>
    Dead = 2,
}

/// <summary>
/// An event that a function has yet to be run for. Those of a function and channel are run in the order in which things happened, so
/// one that is tried again holds up the later ones of its channel. It goes once the function succeeded.
/// </summary>
public sealed class FunctionDelivery : ITenantOwned
{
    private FunctionDelivery() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long FunctionId { get; private set; }

    public long ChannelId { get; private set; }

    public long? UserId { get; private set; }

    public long? MessageId { get; private set; }

    /// <summary>Of a notification.</summary>
    public long? NotificationId { get; private set; }

    /// <summary>What the log says beyond the ids, as JSON.</summary>
    public string? Payload { get; private set; }

    /// <summary>The event as the function gets it, as JSON; written down before the first try, so that all tries get the same.</summary>
    public string? Args { get; private set; }

    public DeliveryState State { get; private set; }

    public int Attempts { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public DateTime NotBefore { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    /// <summary>How the last try failed.</summary>
    public InvocationFailure? Failure { get; private set; }

    /// <summary>When it was given up.</summary>
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

    /// <summary>Gives it back as if it had not been tried.</summary>
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

    /// <summary>Has it tried again from the beginning.</summary>
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
