using System.Runtime.Versioning;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Postgres;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>Makes a folder with all below it the server's own again, to be read by everybody and written by nobody.</summary>
[UnsupportedOSPlatform("windows")]
internal static class ReadOnlyTree
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static void Make(string folder)
    {
        if (Confinement.Writer() is not null)
        {
            new UnprivilegedUser("root", 0, 0).OwnTree(folder);
        }

        foreach (var path in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", DependencyStore.Everything))
        {
            path.UnixFileMode = path is DirectoryInfo ? Read | Enter : Read;
        }
    }
}
