namespace ChatPlatform.Application.Common;

/// <summary>Encrypts values that must be readable again. A value is bound to its application and context.</summary>
public interface ISecretBox
{
    /// <param name="context">Unique for each value, such as <c>user/7/token</c>.</param>
    Task<byte[]> SealAsync(string context, byte[] value, CancellationToken cancellationToken);

    /// <summary>Throws if the value was modified or moved, or its key is gone.</summary>
    Task<byte[]> OpenAsync(string context, byte[] ciphertext, CancellationToken cancellationToken);
}
