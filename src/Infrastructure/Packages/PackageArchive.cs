using System.Formats.Tar;
using System.IO.Compression;

namespace ChatPlatform.Infrastructure.Packages;

/// <summary>Installs a pinned npm archive as a folder, completely or not at all.</summary>
internal static class PackageArchive
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    /// <param name="integrity"><c>sha512-</c> and the expected hash in Base64; checked before unpacking.</param>
    /// <param name="inside">The folder of the archive to install, ending with a slash.</param>
    /// <param name="folder">The target. It appears by one rename, complete.</param>
    /// <param name="finish">Prepares the unpacked files before they appear.</param>
    /// <exception cref="PackageException">The archive is not available or not the pinned one. Nothing is left behind.</exception>
    public static async Task InstallAsync(
        Uri address, string integrity, string inside, string folder, Func<string, CancellationToken, Task>? finish, CancellationToken ct)
    {
        var cache = Path.GetDirectoryName(folder)!;
        DeleteAbandoned(cache);
        var work = Directory.CreateDirectory(Path.Combine(cache, $".fetch-{Guid.NewGuid():n}")).FullName;
        try
        {
            var archive = Path.Combine(work, "package.tgz");
            var hash = await PackageDownload.ToFileAsync(address, archive, ct);
            if (hash != integrity)
            {
                throw new PackageException($"{address} does not match the pinned archive: expected {integrity}, got {hash}.");
            }

            var unpacked = Path.Combine(work, Path.GetFileName(inside.TrimEnd('/')));
            await UnpackAsync(archive, inside, unpacked, ct);
            await (finish?.Invoke(unpacked, ct) ?? Task.CompletedTask);
            Publish(unpacked, folder);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task UnpackAsync(string archive, string inside, string folder, CancellationToken ct)
    {
        await using var file = File.OpenRead(archive);
        await using var plain = new GZipStream(file, CompressionMode.Decompress);
        await using var entries = new TarReader(plain);
        while (await entries.GetNextEntryAsync(cancellationToken: ct) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                && entry.Name.StartsWith(inside, StringComparison.Ordinal))
            {
                var path = ResolveInside(folder, entry.Name[inside.Length..]);
                SharedFolder.Create(Path.GetDirectoryName(path)!);
                await entry.ExtractToFileAsync(path, overwrite: false, ct);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, (entry.Mode & SharedFolder.Mode) | Readable);
                }
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
            // Another process installed the same archive first.
        }
    }

    /// <exception cref="PackageException">The path is outside the folder.</exception>
    public static string ResolveInside(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new PackageException($"The archive contains a path outside its folder: {name}");
    }

    /// <summary>Deletes what killed processes left. Younger folders may still be in use.</summary>
    private static void DeleteAbandoned(string cache)
    {
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - AbandonedAfter;
        foreach (var abandoned in Directory.EnumerateDirectories(cache, ".fetch-*")
            .Where(path => Directory.GetLastWriteTimeUtc(path) < limit))
        {
            Directory.Delete(abandoned, recursive: true);
        }
    }
}
