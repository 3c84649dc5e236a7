namespace ChatPlatform.Application.Functions;

/// <summary>
/// Whether what happens in this scope was asked for by a function. Functions are not asked about that: they would ask themselves.
/// </summary>
public sealed class CallOrigin
{
    public bool IsFunction { get; set; }
}
