namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>The keys of the database's secrets (configuration section <c>Secrets</c>); each 32 bytes, in base64.</summary>
public sealed class SecretOptions
{
    /// <summary><c>Secrets:Key</c>: encrypts new values.</summary>
    public string? Key { get; set; }

    /// <summary><c>Secrets:PreviousKeys:0</c> and so on: only decrypt; needed until the next start has completed.</summary>
    public IList<string> PreviousKeys { get; } = [];
}

/// <summary>A key is missing or invalid; the message says what the operator should do.</summary>
public sealed class SecretKeyException(string message) : Exception(message);
