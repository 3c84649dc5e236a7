using System.Runtime.Versioning;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The account PostgreSQL runs as when this process is root, because PostgreSQL refuses root.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed record UnprivilegedUser(string Name, uint User, uint Group)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    public static bool IsNeeded => Libc.EffectiveUser() == 0;

    /// <summary>Throws for a user id without a name, as in some containers: PostgreSQL requires one.</summary>
    public static void RequireName(uint user)
    {
        if (Libc.AccountOf(user) is null)
        {
            throw new PrivatePostgresException(
                $"PostgreSQL cannot run as user id {user}, which has no passwd entry. {PrivatePostgresException.Hint}");
        }
    }

    /// <summary>
    /// The owner of an existing cluster, so that a start with sudo does not take it away from its user; else <c>postgres</c> or
    /// <c>nobody</c>.
    /// </summary>
    public static UnprivilegedUser For(string cluster)
    {
        var owner = Libc.OwnerOf(Path.Combine(cluster, "PG_VERSION")) is { } user and > 0 ? Libc.AccountOf(user) : null;
        owner ??= Candidates.Select(Libc.AccountOf).OfType<Libc.Account>().FirstOrDefault();
        return owner is null
            ? throw new PrivatePostgresException(
                $"PostgreSQL refuses to run as root, and there is no user {string.Join(" or ", Candidates)}. "
                + PrivatePostgresException.Hint)
            : new UnprivilegedUser(owner.Name, owner.User, owner.Group);
    }

    /// <summary>Null on systems without that account.</summary>
    public static UnprivilegedUser? Nobody() =>
        Libc.AccountOf("nobody") is { } account ? new UnprivilegedUser(account.Name, account.User, account.Group) : null;

    /// <summary>Checked by the system itself as that user, so access lists and groups count too.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken ct)
    {
        var entered = await ChildProcess.RunAsync("/bin/sh", ["-c", "cd -- \"$1\"", "sh", folder], this, "/", ct: ct);
        return entered.Succeeded;
    }

    public void ChangeOwner(string path) => Libc.ChangeOwner(path, User, Group);

    public void ChangeOwnerRecursively(string folder)
    {
        ChangeOwner(folder);
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", everything))
        {
            ChangeOwner(path);
        }
    }
}
