using System.Buffers;
using System.Security.Cryptography;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Files;

/// <summary>Stores files in a folder with 256 subfolders. Several servers on one database must share it.</summary>
internal sealed class FolderFileStore(IOptions<FileStoreOptions> options) : IFileStore
{
    private const int BufferBytes = 128 * 1024;
    private const string TemporaryFolder = "temporary";

    // ENOSPC, EDQUOT and EFBIG of Linux and macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] NoSpaceCodes = [28, 122, 69, 27, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    private readonly string _folder = Path.GetFullPath(options.Value.Folder);

    public async Task<Result<StoredFile>> SaveAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var name = Guid.NewGuid().ToString("N");
        var temporary = Path.Combine(_folder, TemporaryFolder, name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            var written = await WriteAsync(content, temporary, maxBytes, cancellationToken);
            if (written is not { } file)
            {
                return FileErrors.TooLarge(maxBytes);
            }

            var target = PathOf(name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(temporary, target);
            return new StoredFile(name, file.Length, file.Sha256);
        }
        catch (IOException full) when (NoSpaceCodes.Contains(full.HResult))
        {
            return FileErrors.NoSpace;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Stream? Open(string name)
    {
        try
        {
            return new FileStream(PathOf(name), new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                BufferSize = 0,
            });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string name)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    public void DeleteTemporaryFiles(DateTime olderThan)
    {
        var folder = new DirectoryInfo(Path.Combine(_folder, TemporaryFolder));
        foreach (var temporary in folder.Exists ? folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < olderThan) : [])
        {
            temporary.Delete();
        }
    }

    private static async Task<(long Length, string Sha256)?> WriteAsync(
        Stream content, string path, long maxBytes, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var file = new FileStream(path, options);
            long length = 0;
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer, BufferBytes, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                length += read;
                if (length > maxBytes)
                {
                    return null;
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            // Flushed before the response, so that an upload survives a power failure.
            file.Flush(flushToDisk: true);
            return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string PathOf(string name) => Guid.TryParseExact(name, "N", out _)
        ? Path.Combine(_folder, name[..2], name)
        : throw new ArgumentException("The name is not one of this store.", nameof(name));
}
