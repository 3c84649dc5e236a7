using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Application.Files;

/// <summary>Takes uploads in for those who need them. What nobody keeps in the end goes again, even when the server is killed.</summary>
internal sealed class FileUploads(
    IChatDbContext db, IFileStore files, ICurrentApplication application, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const string UnknownType = "application/octet-stream";
    private const string Nameless = "file";

    /// <summary>Longer than anybody takes from the last byte of an upload to its message.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Stores the upload and hands it to <paramref name="use"/>, which keeps it (<see cref="HostedFile.Claim"/>) or not.</summary>
    public Task<Result<T>> ReceiveAsync<T>(
        Upload upload, FileLimit limit, Func<HostedFile, Task<Result<T>>> use, CancellationToken cancellationToken) =>
        ReceiveAsync(upload, limit, _ => Task.FromResult(Done.Success), (file, _) => use(file), cancellationToken);

    /// <summary>As above, with a question in between, which no transaction waits for.</summary>
    /// <param name="prepare">Whether to go on, and with what for <paramref name="use"/>.</param>
    public async Task<Result<T>> ReceiveAsync<TPrepared, T>(
        Upload upload,
        FileLimit limit,
        Func<FileDescription, Task<Result<TPrepared>>> prepare,
        Func<HostedFile, TPrepared, Task<Result<T>>> use,
        CancellationToken cancellationToken)
    {
        var type = string.IsNullOrWhiteSpace(upload.ContentType) ? UnknownType : upload.ContentType;
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
            var described = new FileDescription(
                string.IsNullOrWhiteSpace(upload.Name) ? Nameless : upload.Name, type, stored.Value.Length);
            file = await RecordAsync(stored.Value, described, cancellationToken);
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

    /// <summary>In a transaction of its own: whatever becomes of the request, the file has a row that it can be found by.</summary>
    private async Task<HostedFile> RecordAsync(StoredFile stored, FileDescription described, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(application.Id);
        var own = scope.ServiceProvider.GetRequiredService<IChatDbContext>();
        var now = clock.UtcNow();
        var file = HostedFile.Create(
            application.Id,
            HostedFile.PathPrefix + CapabilityCode.Generate(application.Id),
            described,
            stored.Name,
            stored.Sha256,
            now,
            now + Grace);
        own.HostedFiles.Add(file);
        await own.SaveChangesAsync(cancellationToken);
        return file;
    }
}
