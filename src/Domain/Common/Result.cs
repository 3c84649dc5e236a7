using System.Diagnostics.CodeAnalysis;

namespace ChatPlatform.Domain.Common;

public readonly struct Result<T> : IResult<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>Throws if the result has failed.</summary>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"A failed result has no value: {Error.Code}");

    /// <summary>For interface types, which implicit conversions do not support.</summary>
    public static Result<T> Of(T value) => new(value, null);

    public static Result<T> Failed(Error error) => new(default, error);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The value of a use case that returns nothing.</summary>
public readonly record struct Done
{
    public static readonly Result<Done> Success = default(Done);
}

/// <summary>Lets the pipeline create a failed result without knowing the value's type.</summary>
public interface IResult<TSelf>
    where TSelf : IResult<TSelf>
{
    Error? Error { get; }

    static abstract TSelf Failed(Error error);
}
