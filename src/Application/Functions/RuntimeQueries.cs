using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Functions;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

internal sealed class RuntimeQueries(IChatDbContext db, ICurrentApplication application, ISecretBox box)
{
    public async Task<RuntimeView> GetAsync(CancellationToken cancellationToken)
    {
        var key = await db.Applications.Where(one => one.Id == application.Id).Select(one => one.Key).FirstAsync(cancellationToken);
        var found = await db.ChatRuntimes.AsNoTracking().Include(runtime => runtime.Variables)
            .FirstOrDefaultAsync(cancellationToken) ?? ChatRuntime.Create(application.Id);
        var installation = found.InstallationJobId is null
            ? null
            : await db.Jobs.Where(job => job.Id == found.InstallationJobId)
                .Select(job => new InstallationView(job.Id, job.State, job.Error)).FirstOrDefaultAsync(cancellationToken);
        return new RuntimeView(
            application.Id,
            key,
            found.Revision,
            found.InitializationScript,
            await DecryptAsync(found.Variables, cancellationToken),
            found.Dependencies,
            installation,
            found.Version);
    }

    /// <summary>Values by name, sorted by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DecryptAsync(
        IReadOnlyCollection<RuntimeVariable> variables, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>();
        foreach (var variable in variables.OrderBy(variable => variable.Name, StringComparer.Ordinal))
        {
            var value = await box.OpenAsync(RuntimeVariable.ContextOf(variable.Name), variable.Value, cancellationToken);
            values[variable.Name] = Encoding.UTF8.GetString(value);
        }

        return values;
    }
}

internal static class RuntimeLocking
{
    /// <summary>Concurrent changes of the runtime wait until the transaction ends.</summary>
    public static async Task<ChatRuntime> LockOrCreateRuntimeAsync(
        this IChatDbContext db, ICurrentApplication application, CancellationToken cancellationToken)
    {
        await db.LockAsync<ChatRuntime>([], cancellationToken);
        if (await db.ChatRuntimes.Include(runtime => runtime.Variables).FirstOrDefaultAsync(cancellationToken) is { } runtime)
        {
            return runtime;
        }

        var first = ChatRuntime.Create(application.Id);
        db.ChatRuntimes.Add(first);
        return first;
    }
}
