using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

/// <summary>Installs packages into a new folder, and activates them once all are installed.</summary>
internal sealed class DependencyInstallationJob(IChatDbContext db, IDependencyInstaller installer) : IJobRunner
{
    public bool Handles(JobType type) => type is JobType.DependencyInstallation;

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var requested = JsonSerializer.Deserialize<InstallationArguments>(job.Arguments)!.Dependencies;
        var installed = requested.Count == 0
            ? new InstalledDependencies(null, new Dictionary<string, string>(), null)
            : await installer.InstallAsync(
                job.ApplicationId, job.Id, requested.ToDictionary(package => package.Name, package => package.Range), cancellationToken);
        if (installed.Error is { } error)
        {
            return new InstallationError(error);
        }

        var chosen = requested.Select(package => package with { Installed = installed.Versions.GetValueOrDefault(package.Name) }).ToList();
        var retained = await db.InTransactionAsync(
            () => ActivateAsync(job, chosen, installed.Folder, cancellationToken), cancellationToken);
        await installer.RemoveOthersAsync(job.ApplicationId, retained, cancellationToken);
        return Done.Success;
    }

    /// <returns>Revisions whose folders are still needed.</returns>
    private async Task<List<long>> ActivateAsync(
        Job job, List<RuntimeDependency> chosen, string? folder, CancellationToken cancellationToken)
    {
        await db.LockAsync<ChatRuntime>([], cancellationToken);
        var runtime = await db.ChatRuntimes.FirstAsync(cancellationToken);
        var previous = runtime.DependenciesRevision;
        runtime.Activate(job.Id, chosen, job.Id, folder);
        job.Advance(processed: chosen.Count, succeeded: chosen.Count, skipped: 0, failed: 0, bytesRead: 0);
        await db.SaveChangesAsync(cancellationToken);

        // Running calls may still read the previous folder; the next installation removes it.
        return [.. new[] { previous, runtime.DependenciesRevision, runtime.InstallationJobId }.OfType<long>()];
    }
}

/// <param name="Reason">For the application's developers.</param>
internal sealed record InstallationError(string Reason) : Error("function.installation_failed", Reason);
