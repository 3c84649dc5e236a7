using System.Collections.Concurrent;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Functions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Application.Functions;

/// <summary>Caches environments by application; the revision is read each time.</summary>
public sealed class FunctionEnvironments
{
    private readonly ConcurrentDictionary<long, FunctionEnvironment> _cache = new();

    /// <param name="services">Scope with the current application.</param>
    public async Task<FunctionEnvironment> GetAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<IChatDbContext>();
        var application = services.GetRequiredService<ICurrentApplication>().Id;
        var revision = await db.ChatRuntimes.Select(runtime => runtime.Revision).FirstOrDefaultAsync(cancellationToken);
        if (_cache.TryGetValue(application, out var cached) && cached.Revision == revision)
        {
            return cached;
        }

        var key = await db.Applications.Where(one => one.Id == application).Select(one => one.Key).FirstAsync(cancellationToken);
        var found = await db.ChatRuntimes.AsNoTracking().Include(runtime => runtime.Variables).FirstOrDefaultAsync(cancellationToken)
            ?? ChatRuntime.Create(application);
        var variables = new Dictionary<string, string>(services.GetRequiredService<IFunctionInputs>().Variables(application, key));
        foreach (var (name, value) in await services.GetRequiredService<RuntimeQueries>().DecryptAsync(found.Variables, cancellationToken))
        {
            variables[name] = value;
        }

        return _cache[application] = new FunctionEnvironment(
            application, found.Revision, found.InitializationScript, variables, found.DependenciesFolder);
    }
}
