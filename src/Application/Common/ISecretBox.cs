namespace ChatPlatform.Application.Common;

/// <summary>
/// Encrypts what has to be read again. A value is bound to its application and its place: anywhere else it cannot be opened.
/// </summary>
public interface ISecretBox
{
    /// <param name="context">Whose value it is and which, such as <c>user/7/token</c>; unlike that of any other value.</param>
    Task<byte[]> SealAsync(string context, byte[] value, CancellationToken cancellationToken);

    /// <summary>A value that was tampered with, moved, or whose key is gone, is a bug and throws.</summary>
    /// <param name="context">As when it was sealed.</param>
    Task<byte[]> OpenAsync(string context, byte[] ciphertext, CancellationToken cancellationToken);
}
