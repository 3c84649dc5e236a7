using System.Text;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;

namespace ChatPlatform.Application.Functions;

internal static class Scripts
{
    /// <summary>A script of at most <see cref="ChatFunction.MaxScript"/> bytes.</summary>
    public static IRuleBuilderOptions<T, string?> Script<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(script => script is not null).WithMessage("is required")
        .Must(script => script is null || Encoding.UTF8.GetByteCount(script) <= ChatFunction.MaxScript)
        .WithMessage($"must be at most {ChatFunction.MaxScript} bytes long")
        .Must(script => script is null || StorableText.IsStorable(script)).WithMessage("must not hold NUL or half of a surrogate pair");

    /// <summary>What a script that does not parse is refused with. Where nothing can be run, nothing is parsed either.</summary>
    public static async Task<Error?> CheckSyntaxAsync(
        this IFunctionRuntime runtime, string field, string script, CancellationToken cancellationToken)
    {
        if (!(await runtime.GetAvailabilityAsync(cancellationToken)).Available)
        {
            return null;
        }

        return await runtime.CheckAsync(script, cancellationToken) is { } error
            ? FunctionErrors.Syntax(field, error.Message, error.Line, error.Column)
            : null;
    }
}
