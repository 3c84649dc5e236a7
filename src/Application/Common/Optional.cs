namespace ChatPlatform.Application.Common;

/// <summary>A field of a partial update: left unchanged or set; null clears the value.</summary>
public readonly record struct Optional<T>(bool IsSet, T? Value)
{
    public static implicit operator Optional<T>(T? value) => new(true, value);
}
