namespace ChatPlatform.Application.Jobs;

/// <summary>Tells the worker of this server that a job was stored; those of other servers find it within a second or so.</summary>
public interface IJobSignal
{
    void Wake();
}
