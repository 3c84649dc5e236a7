using System.Text;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;

namespace ChatPlatform.Application.Functions;

internal static class Scripts
{
    public static IRuleBuilderOptions<T, string?> Script<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(script => script is not null).WithMessage("is required")
        .Must(script => script is null || Encoding.UTF8.GetByteCount(script) <= ChatFunction.MaxScript)
        .WithMessage($"must be at most {ChatFunction.MaxScript} bytes long")
        .Must(script => script is null || StorableText.IsStorable(script)).WithMessage("must not contain NUL or an unpaired surrogate");

    /// <summary>The syntax error of a script. Null on a server that cannot run scripts, which cannot check them either.</summary>
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
