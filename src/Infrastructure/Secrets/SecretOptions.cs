namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>The keys that open the database's secrets (configuration section <c>Secrets</c>); each 32 bytes, in base64.</summary>
public sealed class SecretOptions
{
    /// <summary><c>Secrets:Key</c>: encrypts from now on.</summary>
    public string? Key { get; set; }

    /// <summary><c>Secrets:PreviousKeys:0</c> and so on: only open what was encrypted with them; needed until the next start is over.</summary>
    public IList<string> PreviousKeys { get; } = [];
}

/// <summary>A key is missing or is none; the message tells the server's owner what to do.</summary>
public sealed class SecretKeyException(string message) : Exception(message);
