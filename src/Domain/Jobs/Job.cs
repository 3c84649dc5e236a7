using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Jobs;

public enum JobType
{
    UserImport = 0,
    ChannelImport = 1,
    ChannelMembersImport = 2,
    MessageImport = 3,
    MessageAnalyticsExport = 4,
    UserAnalyticsExport = 5,
    ChatProvisioning = 6,

    /// <summary>Removes many messages in the background.</summary>
    Erasure = 7,

    /// <summary>Writes users, channels, members and messages in the import format.</summary>
    ApplicationExport = 8,
    DependencyInstallation = 9,
}

public enum JobState
{
    Pending = 0,
    Running = 1,
    Finished = 2,
    Failed = 3,
    Cancelled = 4,
}

/// <summary>
/// Background work, claimed by any server. A claim is a lease; after its expiry another worker continues at the checkpoint.
/// </summary>
public sealed class Job : AggregateRoot
{
    private Job() { }

    public long Id { get; private set; }

    public JobType Type { get; private set; }

    public JobState State { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public DateTime? StartedTime { get; private set; }

    public DateTime? EndedTime { get; private set; }

    /// <summary>JSON, read by the job's runner.</summary>
    public string Arguments { get; private set; } = "{}";

    /// <summary>The input or, for exports, the output: a name in the file store. Null after cleanup.</summary>
    public string? File { get; private set; }

    public string? Error { get; private set; }

    /// <summary>Items looked at; also the checkpoint for a takeover.</summary>
    public long Processed { get; private set; }

    public long Succeeded { get; private set; }

    public long Skipped { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Known after the whole input was read.</summary>
    public long? Total { get; private set; }

    public long BytesRead { get; private set; }

    public long? BytesTotal { get; private set; }

    /// <summary>Number of claims; distinguishes a worker's claim from its next one.</summary>
    public int Attempts { get; private set; }

    /// <summary>Consecutive attempts without progress.</summary>
    public int Failures { get; private set; }

    public DateTime NotBefore { get; private set; }

    public string? Worker { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    public static Job Create(
        long applicationId, JobType type, DateTime now, string? arguments = null, string? file = null, long? bytesTotal = null)
    {
        var job = new Job
        {
            ApplicationId = applicationId,
            Type = type,
            CreatedTime = now,
            NotBefore = now,
            Arguments = arguments ?? "{}",
            File = file,
            BytesTotal = bytesTotal,
        };
        return job;
    }

    public bool IsEnded => State is JobState.Finished or JobState.Failed or JobState.Cancelled;

    /// <summary>A takeover from a worker that still held the job counts as a failure.</summary>
    public void Claim(string worker, DateTime now, TimeSpan lease)
    {
        if (State is JobState.Running)
        {
            Failures++;
        }
        else
        {
            EnsureState(JobState.Pending);
        }

        State = JobState.Running;
        StartedTime ??= now;
        Attempts++;
        Worker = worker;
        LeaseUntil = now + lease;
    }

    /// <summary>For work of which a failed attempt leaves nothing.</summary>
    public void ResetProgress()
    {
        EnsureState(JobState.Running);
        (Processed, Succeeded, Skipped, Failed, BytesRead, Total) = (0, 0, 0, 0, 0, null);
    }

    /// <param name="processed">Items looked at; those neither succeeded, skipped nor failed are deferred to a later batch.</param>
    /// <param name="bytesRead">From the start of the input.</param>
    public void Advance(long processed, long succeeded, long skipped, long failed, long bytesRead)
    {
        EnsureState(JobState.Running);
        Processed += processed;
        Succeeded += succeeded;
        Skipped += skipped;
        Failed += failed;
        BytesRead = Math.Max(BytesRead, bytesRead);
        Failures = 0;
    }

    public void SetFile(string file)
    {
        EnsureState(JobState.Running);
        File = file;
    }

    public void ClearFile()
    {
        if (!IsEnded)
        {
            throw new InvalidOperationException("The job still needs its file.");
        }

        File = null;
    }

    public void Finish(DateTime now)
    {
        EnsureState(JobState.Running);
        Total = Processed;
        Error = null;
        End(JobState.Finished, now);
    }

    public void Fail(string error, DateTime now)
    {
        EnsureState(JobState.Running);
        Error = error;
        End(JobState.Failed, now);
    }

    public Result<Done> Cancel(DateTime now)
    {
        if (IsEnded)
        {
            return State is JobState.Cancelled ? Done.Success : JobErrors.Ended;
        }

        End(JobState.Cancelled, now);
        return Done.Success;
    }

    public void Requeue(DateTime now) => Release(now);

    public void Retry(string error, DateTime notBefore)
    {
        Release(notBefore);
        Error = error;
        Failures++;
    }

    /// <summary>Waits for a missing precondition; does not count as a failure.</summary>
    public void Postpone(string reason, DateTime notBefore)
    {
        Release(notBefore);
        Error = reason;
        Failures = 0;
    }

    private void Release(DateTime notBefore)
    {
        EnsureState(JobState.Running);
        State = JobState.Pending;
        NotBefore = notBefore;
        Worker = null;
        LeaseUntil = null;
    }

    private void End(JobState state, DateTime now)
    {
        State = state;
        EndedTime = now;
        Worker = null;
        LeaseUntil = null;
    }

    private void EnsureState(JobState state)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"The job is {State}, not {state}.");
        }
    }
}

public sealed class JobItemError : ITenantOwned
{
    private JobItemError() { }

    public long ApplicationId { get; private set; }

    public long JobId { get; private set; }

    /// <summary>Position in the file, from 0.</summary>
    public long Index { get; private set; }

    public string? IdempotencyKey { get; private set; }

    public string Reason { get; private set; } = null!;

    public static JobItemError Create(Job job, long index, string? idempotencyKey, string reason) => new()
    {
        ApplicationId = job.ApplicationId,
        JobId = job.Id,
        Index = index,
        IdempotencyKey = idempotencyKey,
        Reason = reason,
    };
}
