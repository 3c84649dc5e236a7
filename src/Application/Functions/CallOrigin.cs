namespace ChatPlatform.Application.Functions;

/// <summary>Whether a function makes the calls of this scope. Blocking functions do not run for them: they could recurse.</summary>
public sealed class CallOrigin
{
    public bool IsFunction { get; set; }
}
