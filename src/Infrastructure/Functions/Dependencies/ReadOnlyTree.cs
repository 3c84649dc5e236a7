using System.Runtime.Versioning;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Postgres;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>Returns a folder tree to the server's account and makes it readable for all and writable for none.</summary>
[UnsupportedOSPlatform("windows")]
internal static class ReadOnlyTree
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static void Apply(string folder)
    {
        if (SandboxLauncher.InstallerUser() is not null)
        {
            new UnprivilegedUser("root", 0, 0).ChangeOwnerRecursively(folder);
        }

        foreach (var path in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", DependencyStore.AllEntries))
        {
            path.UnixFileMode = path is DirectoryInfo ? Read | Enter : Read;
        }
    }
}
