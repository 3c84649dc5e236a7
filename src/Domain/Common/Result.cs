using System.Diagnostics.CodeAnalysis;

namespace ChatPlatform.Domain.Common;

/// <summary>A value, or the <see cref="Common.Error"/> that explains why there is none.</summary>
public readonly struct Result<T> : IResult<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value; asking a failed result for it is a bug and throws.</summary>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"A failed result has no value: {Error.Code}");

    /// <summary>For values whose type is an interface, which conversions cannot start from.</summary>
    public static Result<T> Of(T value) => new(value, null);

    public static Result<T> Failed(Error error) => new(default, error);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The answer of a use case that has nothing to say but that it was done.</summary>
public readonly record struct Done
{
    public static readonly Result<Done> Success = default(Done);
}

/// <summary>Lets the pipeline answer with an error without knowing the value's type.</summary>
public interface IResult<TSelf>
    where TSelf : IResult<TSelf>
{
    Error? Error { get; }

    static abstract TSelf Failed(Error error);
}
