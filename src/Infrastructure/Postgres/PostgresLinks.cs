using System.Text.Json;
using ChatPlatform.Infrastructure.Packages;

namespace ChatPlatform.Infrastructure.Postgres;

internal static class PostgresLinks
{
    private const string LinkList = "pg-symlinks.json";

    /// <summary>npm archives cannot contain links, so the package lists them, relative to its root.</summary>
    public static async Task CreateAsync(string folder, CancellationToken ct)
    {
        var list = Path.Combine(folder, LinkList);
        if (!File.Exists(list))
        {
            return;
        }

        var root = Path.GetDirectoryName(folder)!;
        await using var json = File.OpenRead(list);
        foreach (var link in await JsonSerializer.DeserializeAsync<Link[]>(json, JsonSerializerOptions.Web, ct) ?? [])
        {
            var path = PackageArchive.ResolveInside(folder, Path.GetRelativePath(folder, Path.Combine(root, link.Target)));
            var target = PackageArchive.ResolveInside(folder, Path.GetRelativePath(folder, Path.Combine(root, link.Source)));
            if (!File.Exists(path))
            {
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, target));
            }
        }
    }

    private sealed record Link(string Source, string Target);
}
