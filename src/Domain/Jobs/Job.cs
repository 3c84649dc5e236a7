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

    /// <summary>Removes many messages after the answer was given.</summary>
    Erasure = 7,

    /// <summary>Writes users, channels, members and messages down in the form in which they can be imported.</summary>
    ApplicationExport = 8,

    /// <summary>Brings the packages in that functions can use.</summary>
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
/// Long work done in the background by whichever server claims it. A claim is a lease: while its worker lives it is renewed,
/// and when it runs out another worker takes the job over where the last checkpoint left it.
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

    /// <summary>What to do, as a JSON object that the job's runner understands.</summary>
    public string Arguments { get; private set; } = "{}";

    /// <summary>The stored input or, of an export, what it made; named in the file store. Null once the file's time is over.</summary>
    public string? File { get; private set; }

    /// <summary>Why it failed, for a person.</summary>
    public string? Error { get; private set; }

    /// <summary>Items looked at so far; also the checkpoint from which a takeover goes on.</summary>
    public long Processed { get; private set; }

    public long Succeeded { get; private set; }

    public long Skipped { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Known once the input was read to its end.</summary>
    public long? Total { get; private set; }

    public long BytesRead { get; private set; }

    public long? BytesTotal { get; private set; }

    /// <summary>How often it was claimed; tells one claim of a worker from its next.</summary>
    public int Attempts { get; private set; }

    /// <summary>Tries that broke off in a row without a step forward.</summary>
    public int Failures { get; private set; }

    /// <summary>Not claimed before then; moves on with each failed try.</summary>
    public DateTime NotBefore { get; private set; }

    /// <summary>Which worker holds it, until <see cref="LeaseUntil"/>.</summary>
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

    /// <summary>Hands it to a worker. Taken from a worker that still held it, it counts as a try that broke off.</summary>
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

    /// <summary>Forgets all progress, for work that a broken-off try leaves nothing of.</summary>
    public void ResetProgress()
    {
        EnsureState(JobState.Running);
        (Processed, Succeeded, Skipped, Failed, BytesRead, Total) = (0, 0, 0, 0, 0, null);
    }

    /// <summary>Notes one batch's worth of work.</summary>
    /// <param name="processed">Items looked at; those neither succeeded, skipped nor failed are set aside for a later batch.</param>
    /// <param name="bytesRead">Of the input, from its start.</param>
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

    /// <summary>Notes what an export made.</summary>
    public void SetFile(string file)
    {
        EnsureState(JobState.Running);
        File = file;
    }

    /// <summary>Forgets a file whose time is over.</summary>
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

    /// <summary>Stops it, now or at its next step; what it has done stays.</summary>
    public Result<Done> Cancel(DateTime now)
    {
        if (IsEnded)
        {
            return State is JobState.Cancelled ? Done.Success : JobErrors.Ended;
        }

        End(JobState.Cancelled, now);
        return Done.Success;
    }

    /// <summary>Gives the job back unharmed, for any worker to go on with at once.</summary>
    public void Requeue(DateTime now) => Release(now);

    /// <summary>Gives the job back after a try that broke, to be tried again not before <paramref name="notBefore"/>.</summary>
    public void Retry(string error, DateTime notBefore)
    {
        Release(notBefore);
        Error = error;
        Failures++;
    }

    /// <summary>Gives the job back unharmed since what it needs is not there, to be tried again not before <paramref name="notBefore"/>.</summary>
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

/// <summary>An item of an import that did not go in, and why.</summary>
public sealed class JobItemError : ITenantOwned
{
    private JobItemError() { }

    public long ApplicationId { get; private set; }

    public long JobId { get; private set; }

    /// <summary>The item's place in the file, from 0.</summary>
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
