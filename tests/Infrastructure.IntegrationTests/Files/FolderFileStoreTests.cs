using System.Security.Cryptography;
using ChatPlatform.Application.Common;
using ChatPlatform.Infrastructure.Files;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Files;

internal sealed class FolderFileStoreTests
{
    private DirectoryInfo _folder = null!;
    private FolderFileStore _store = null!;

    [SetUp]
    public void CreateStore()
    {
        _folder = Directory.CreateTempSubdirectory("chatplatform-files-");
        _store = new FolderFileStore(Options.Create(new FileStoreOptions { Folder = _folder.FullName }));
    }

    [TearDown]
    public void DropStore() => _folder.Delete(recursive: true);

    [Test]
    public async Task Content_is_stored_whole_and_hashed()
    {
        var content = RandomNumberGenerator.GetBytes(500_001);

        var stored = (await _store.SaveAsync(new MemoryStream(content), 500_001, CancellationToken.None)).Value;

        Assert.That((stored.Length, stored.Sha256), Is.EqualTo((500_001, Convert.ToHexStringLower(SHA256.HashData(content)))));
        Assert.That(await ReadAsync(stored.Name), Is.EqualTo(content));
    }

    [Test]
    public async Task One_byte_too_many_is_refused_and_leaves_no_file()
    {
        var refused = await _store.SaveAsync(new MemoryStream(new byte[1_001]), 1_000, CancellationToken.None);

        Assert.That(refused.Error, Is.EqualTo(FileErrors.TooLarge(1_000)).Using<Domain.Common.Error>((a, b) => a.Code == b.Code));
        Assert.That(Files(), Is.Empty);
    }

    [TestCase(28)]
    [TestCase(unchecked((int)0x80070070))]
    public async Task Full_disk_is_an_error_and_leaves_no_file(int code)
    {
        var refused = await _store.SaveAsync(new BreakingStream(new IOException("full", code)), 1_000_000, CancellationToken.None);

        Assert.That(refused.Error, Is.EqualTo(FileErrors.NoSpace));
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public void Interrupted_upload_leaves_no_file()
    {
        var upload = new BreakingStream(new IOException("interrupted"));

        Assert.That(async () => await _store.SaveAsync(upload, 1_000_000, CancellationToken.None), Throws.InstanceOf<IOException>());
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public async Task Deleted_file_is_missing_and_can_be_deleted_again()
    {
        var stored = (await _store.SaveAsync(new MemoryStream([1]), 1, CancellationToken.None)).Value;

        _store.Delete(stored.Name);
        _store.Delete(stored.Name);

        Assert.That(_store.Open(stored.Name), Is.Null);
        Assert.That(_store.Open(Guid.NewGuid().ToString("N")), Is.Null);
    }

    [Test]
    public void Name_cannot_point_outside_the_folder() =>
        Assert.That(() => _store.Open("../../../../etc/passwd"), Throws.ArgumentException);

    private async Task<byte[]> ReadAsync(string name)
    {
        await using var stream = _store.Open(name)!;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private FileInfo[] Files() => _folder.GetFiles("*", SearchOption.AllDirectories);

    /// <summary>Returns some bytes, then throws.</summary>
    private sealed class BreakingStream(Exception exception) : MemoryStream(new byte[200_000])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw exception;
    }
}
