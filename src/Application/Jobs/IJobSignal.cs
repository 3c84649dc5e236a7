namespace ChatPlatform.Application.Jobs;

/// <summary>Wakes this server's worker after a job was stored. Other servers find the job by polling, within about a second.</summary>
public interface IJobSignal
{
    void Wake();
}
