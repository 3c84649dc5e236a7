using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Application.Files;

/// <summary>Stores uploads until a use case claims them. Unclaimed files are removed, even after a crash.</summary>
internal sealed class FileUploads(
    IChatDbContext db, IFileStore files, ICurrentApplication application, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const string DefaultType = "application/octet-stream";
    private const string DefaultName = "file";

    /// <summary>Longer than any request takes from the last byte of an upload to its message.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Stores the upload for <paramref name="use"/>, which claims it (<see cref="HostedFile.Claim"/>) or not.</summary>
    public Task<Result<T>> ReceiveAsync<T>(
        Upload upload, FileLimit limit, Func<HostedFile, Task<Result<T>>> use, CancellationToken cancellationToken) =>
        ReceiveAsync(upload, limit, _ => Task.FromResult(Done.Success), (file, _) => use(file), cancellationToken);

    /// <summary>As above, with a step in between that runs outside of transactions.</summary>
    /// <param name="prepare">Returns an error to stop, or the value for <paramref name="use"/>.</param>
    public async Task<Result<T>> ReceiveAsync<TPrepared, T>(
        Upload upload,
        FileLimit limit,
        Func<FileDescription, Task<Result<TPrepared>>> prepare,
        Func<HostedFile, TPrepared, Task<Result<T>>> use,
        CancellationToken cancellationToken)
    {
        var type = string.IsNullOrWhiteSpace(upload.ContentType) ? DefaultType : upload.ContentType;
        if (!limit.Allows(type))
        {
            return FileErrors.TypeRefused(limit.Types);
        }

        var stored = await files.SaveAsync(upload.Content, limit.MaxBytes, cancellationToken);
        if (!stored.IsSuccess)
        {
            return stored.Error;
        }

        HostedFile file;
        try
        {
            var description = new FileDescription(
                string.IsNullOrWhiteSpace(upload.Name) ? DefaultName : upload.Name, type, stored.Value.Length);
            file = await RecordAsync(stored.Value, description, cancellationToken);
        }
        catch
        {
            files.Delete(stored.Value.Name);
            throw;
        }

        try
        {
            var prepared = await prepare(new FileDescription(file.Name, file.ContentType, file.Size));
            return prepared.IsSuccess ? await use(file, prepared.Value) : prepared.Error;
        }
        finally
        {
            await db.HostedFiles.Where(row => row.Path == file.Path && row.ReleasedTime != null)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.ReleasedTime, clock.UtcNow()), CancellationToken.None);
        }
    }

    /// <summary>Uses a separate transaction, so that the file has a row even if the request fails.</summary>
    private async Task<HostedFile> RecordAsync(StoredFile stored, FileDescription description, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(application.Id);
        var scopedDb = scope.ServiceProvider.GetRequiredService<IChatDbContext>();
        var now = clock.UtcNow();
        var file = HostedFile.Create(
            application.Id,
            HostedFile.PathPrefix + CapabilityCode.Generate(application.Id),
            description,
            stored.Name,
            stored.Sha256,
            now,
            now + Grace);
        scopedDb.HostedFiles.Add(file);
        await scopedDb.SaveChangesAsync(cancellationToken);
        return file;
    }
}
