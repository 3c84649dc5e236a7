using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Functions;

/// <summary>Replaces the script that runs before all functions (docs/contracts/platform.md#function-runtime).</summary>
/// <param name="Script">JavaScript or TypeScript; empty for none.</param>
/// <param name="Versions">Accepted entity versions; null for any.</param>
public sealed record UpdateInitializationScript(string? Script, IReadOnlyCollection<uint>? Versions = null) : IRequest<Result<RuntimeView>>;

internal sealed class UpdateInitializationScriptValidator : AbstractValidator<UpdateInitializationScript>
{
    public UpdateInitializationScriptValidator() => RuleFor(r => r.Script).Script();
}

internal sealed class UpdateInitializationScriptHandler(
    IChatDbContext db, IFunctionRuntime functions, RuntimeQueries queries, ICurrentApplication application)
    : IRequestHandler<UpdateInitializationScript, Result<RuntimeView>>
{
    public async Task<Result<RuntimeView>> Handle(UpdateInitializationScript request, CancellationToken cancellationToken) =>
        await functions.CheckSyntaxAsync("script", request.Script!, cancellationToken) is { } refused
            ? refused
            : await db.InTransactionAsync(() => UpdateAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<RuntimeView>> UpdateAsync(UpdateInitializationScript request, CancellationToken cancellationToken)
    {
        var runtime = await db.LockOrCreateRuntimeAsync(application, cancellationToken);
        if (!Preconditions.Hold(request.Versions, runtime.Version))
        {
            return CommonErrors.Changed;
        }

        runtime.SetInitializationScript(request.Script!);
        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(cancellationToken);
    }
}
