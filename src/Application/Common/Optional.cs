namespace ChatPlatform.Application.Common;

/// <summary>A field of a change: left alone, or set, where null takes the value away.</summary>
public readonly record struct Optional<T>(bool IsSet, T? Value)
{
    public static implicit operator Optional<T>(T? value) => new(true, value);
}
