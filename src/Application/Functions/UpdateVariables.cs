using System.Text;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Functions;

/// <summary>Replaces the custom variables of the application; stored encrypted (docs/contracts/platform.md#function-runtime).</summary>
/// <param name="Versions">Accepted entity versions; null for any.</param>
public sealed record UpdateVariables(IReadOnlyDictionary<string, string?>? Values, IReadOnlyCollection<uint>? Versions = null)
    : IRequest<Result<RuntimeView>>;

internal sealed partial class UpdateVariablesValidator : AbstractValidator<UpdateVariables>
{
    private const int MaxVariables = 100;
    private const int MaxValue = 32_768;

    public UpdateVariablesValidator() => RuleFor(r => r.Values).Custom((values, context) =>
    {
        if (values is null || values.Count > MaxVariables)
        {
            context.AddFailure("body", values is null ? "is required" : $"must have at most {MaxVariables} variables");
            return;
        }

        foreach (var (name, value) in values)
        {
            if (!Name().IsMatch(name) || Reserved().IsMatch(name))
            {
                context.AddFailure(
                    FieldOf(name),
                    "must have at most 128 letters, digits and underscores, not begin with a digit, and not be reserved");
            }

            if (value is null || value.Length > MaxValue || !StorableText.IsStorable(value))
            {
                context.AddFailure(FieldOf(name), $"must be text of at most {MaxValue} characters without NUL");
            }
        }
    });

    private static string FieldOf(string name) => name.Length is > 0 and <= 128 && StorableText.IsStorable(name) ? name : "body";

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex Name();

    /// <summary>Names that the dynamic linker, the shell or Node.js act on.</summary>
    [GeneratedRegex("^(NODE_.*|LD_.*|DYLD_.*|GLIBC_.*|MALLOC_.*|UV_.*|npm_.*|PATH|HOME|TMPDIR|IFS|SHELL|SSL_CERT_.*|OPENSSL_.*)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}

internal sealed class UpdateVariablesHandler(IChatDbContext db, ISecretBox box, RuntimeQueries queries, ICurrentApplication application)
    : IRequestHandler<UpdateVariables, Result<RuntimeView>>
{
    public Task<Result<RuntimeView>> Handle(UpdateVariables request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => UpdateAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<RuntimeView>> UpdateAsync(UpdateVariables request, CancellationToken cancellationToken)
    {
        var runtime = await db.LockOrCreateRuntimeAsync(application, cancellationToken);
        if (!Preconditions.Hold(request.Versions, runtime.Version))
        {
            return CommonErrors.Changed;
        }

        var values = new Dictionary<string, byte[]>();
        foreach (var (name, value) in request.Values!)
        {
            values[name] = await box.SealAsync(RuntimeVariable.ContextOf(name), Encoding.UTF8.GetBytes(value!), cancellationToken);
        }

        runtime.ReplaceVariables(values);
        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(cancellationToken);
    }
}
