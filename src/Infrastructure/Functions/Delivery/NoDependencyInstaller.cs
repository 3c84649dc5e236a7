using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

/// <summary>Where there is nothing to bring packages in with.</summary>
internal sealed class NoDependencyInstaller : IDependencyInstaller
{
    public Task<InstalledDependencies> InstallAsync(
        long applicationId, long revision, IReadOnlyDictionary<string, string> dependencies, CancellationToken ct) =>
        Task.FromResult(new InstalledDependencies(null, new Dictionary<string, string>(), "Packages could not be installed: this server has nothing to do it with."));

    public Task RemoveOthersAsync(long applicationId, IReadOnlyCollection<long> kept, CancellationToken ct) => Task.CompletedTask;
}
