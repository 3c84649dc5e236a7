namespace ChatPlatform.Application.Common;

/// <summary>The tenant that this request or job works for.</summary>
public interface ICurrentApplication
{
    /// <summary>Its id; asking before it is known is a bug and throws.</summary>
    long Id { get; }
}

/// <summary>Set once in a scope, by whoever authenticates the caller or claims the job.</summary>
public sealed class CurrentApplication : ICurrentApplication
{
    private long? _id;

    public long Id => _id ?? throw new InvalidOperationException("No application has been chosen for this scope.");

    public bool IsKnown => _id is not null;

    /// <summary>Raised once, for whoever was made in the scope before the application was known.</summary>
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
