using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Jobs;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Application.Functions;

/// <summary>
/// Replaces the application's packages in a background job; default packages stay. Until it is done, and if it fails, functions keep
/// the packages they have. Returns the requested packages (docs/contracts/platform.md#function-runtime).
/// </summary>
/// <param name="Versions">Accepted entity versions; null for any.</param>
public sealed record UpdateDependencies(IReadOnlyList<Package?>? Packages, IReadOnlyCollection<uint>? Versions = null)
    : IRequest<Result<RuntimeView>>;

/// <param name="Range">As npm reads it: <c>^9.8.2</c>, <c>1.0.1</c>, <c>latest</c>.</param>
public sealed record Package(string? Name, string? Range);

internal sealed partial class UpdateDependenciesValidator : AbstractValidator<UpdateDependencies>
{
    private const int MaxPackages = 50;
    private const int MaxName = 214;

    public UpdateDependenciesValidator() => RuleFor(r => r.Packages).Custom((packages, context) =>
    {
        if (packages is null || packages.Count > MaxPackages)
        {
            context.AddFailure("body", packages is null ? "is required" : $"must have at most {MaxPackages} packages");
            return;
        }

        for (var index = 0; index < packages.Count; index++)
        {
            if (packages[index]?.Name is not { Length: <= MaxName } name || !Name().IsMatch(name))
            {
                context.AddFailure($"[{index}].name", "must be the name of an npm package");
            }

            if (packages[index]?.Range is not { } range || !Range().IsMatch(range))
            {
                context.AddFailure($"[{index}].version", "must be a version, a range of versions or a tag of the npm registry");
            }
        }

        if (packages.DistinctBy(package => package?.Name).Count() < packages.Count)
        {
            context.AddFailure("body", "must name each package once");
        }
    });

    [GeneratedRegex(@"^(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*\z")]
    private static partial Regex Name();

    /// <summary>Allows no address and no path: packages come from the registry.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9.^~<>=|*+ -]{1,100}\z")]
    private static partial Regex Range();
}

internal sealed class UpdateDependenciesHandler(
    IChatDbContext db, RuntimeQueries queries, ICurrentApplication application, IJobSignal signal, IOptions<FunctionLimits> limits,
    TimeProvider clock) : IRequestHandler<UpdateDependencies, Result<RuntimeView>>
{
    public async Task<Result<RuntimeView>> Handle(UpdateDependencies request, CancellationToken cancellationToken)
    {
        var updated = await db.InTransactionAsync(() => UpdateAsync(request, cancellationToken), cancellationToken);
        signal.Wake();
        return updated;
    }

    private async Task<Result<RuntimeView>> UpdateAsync(UpdateDependencies request, CancellationToken cancellationToken)
    {
        var runtime = await db.LockOrCreateRuntimeAsync(application, cancellationToken);
        if (!Preconditions.Hold(request.Versions, runtime.Version))
        {
            return CommonErrors.Changed;
        }

        var arguments = new InstallationArguments(Requested(request.Packages!));
        var job = Job.Create(application.Id, JobType.DependencyInstallation, clock.UtcNow(), JsonSerializer.Serialize(arguments));
        db.Jobs.Add(job);
        await db.SaveChangesAsync(cancellationToken);
        runtime.BeginInstallation(job.Id);
        await db.SaveChangesAsync(cancellationToken);
        return (await queries.GetAsync(cancellationToken)) with { Dependencies = arguments.Dependencies };
    }

    /// <summary>The application's own packages replace default ones of the same name.</summary>
    private List<RuntimeDependency> Requested(IReadOnlyList<Package?> packages)
    {
        var own = packages.Select(package => new RuntimeDependency(
            package!.Name!, package.Range!, null, limits.Value.DefaultDependencies.Contains(new(package.Name!, package.Range!)))).ToList();
        var defaults = limits.Value.DefaultDependencies.Where(pair => own.TrueForAll(package => package.Name != pair.Key))
            .Select(pair => new RuntimeDependency(pair.Key, pair.Value, null, IsDefault: true));
        return [.. defaults, .. own];
    }
}
