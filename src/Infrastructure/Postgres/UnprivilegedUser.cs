using System.Runtime.Versioning;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The account PostgreSQL runs under when this process is root, whom PostgreSQL refuses to serve.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed record UnprivilegedUser(string Name, uint User, uint Group)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    public static bool IsNeeded => Libc.EffectiveUser() == 0;

    /// <summary>Throws for a user id without a name, as containers may give to this process: PostgreSQL insists on a name.</summary>
    public static void RequireName(uint user)
    {
        if (Libc.AccountOf(user) is null)
        {
            throw new PrivatePostgresException(
                $"PostgreSQL does not run under user id {user}, which has no passwd entry. {PrivatePostgresException.Hint}");
        }
    }

    /// <summary>
    /// Whoever owns the cluster already, so that a start with sudo does not take it away from its user; else the account
    /// meant for PostgreSQL, or the one without rights that every system has.
    /// </summary>
    public static UnprivilegedUser For(string cluster)
    {
        var owner = Libc.OwnerOf(Path.Combine(cluster, "PG_VERSION")) is { } user and > 0 ? Libc.AccountOf(user) : null;
        owner ??= Candidates.Select(Libc.AccountOf).OfType<Libc.Account>().FirstOrDefault();
        return owner is null
            ? throw new PrivatePostgresException(
                $"PostgreSQL refuses to run as root, and there is no {string.Join(" or ", Candidates)}. {PrivatePostgresException.Hint}")
            : new UnprivilegedUser(owner.Name, owner.User, owner.Group);
    }

    /// <summary>The account that stands for everybody without rights of their own; null where a system has none of that name.</summary>
    public static UnprivilegedUser? Nobody() =>
        Libc.AccountOf("nobody") is { } account ? new UnprivilegedUser(account.Name, account.User, account.Group) : null;

    /// <summary>Asks the system itself, as that user: access lists and groups count too.</summary>
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
