namespace ChatPlatform.Application.Common;

/// <summary>The tenant of the current request or job.</summary>
public interface ICurrentApplication
{
    long Id { get; }
}

/// <summary>Set once per scope, when the caller is authenticated or the job is claimed.</summary>
public sealed class CurrentApplication : ICurrentApplication
{
    private long? _id;

    public long Id => _id ?? throw new InvalidOperationException("The scope has no application yet.");

    public bool IsKnown => _id is not null;

    /// <summary>Raised once, for services created before the application was known.</summary>
    public event Action<long>? Chosen;

    public void Use(long applicationId)
    {
        if (_id is not null && _id != applicationId)
        {
            throw new InvalidOperationException("The application of a scope cannot change.");
        }

        _id = applicationId;
        Chosen?.Invoke(applicationId);
    }
}
