using System.IO.Pipelines;
using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>Streams an export into the file store, in constant memory. An interrupted try leaves no file and starts over.</summary>
internal sealed class ExportRunner(ChatDbContext db, IFileStore files, IEnumerable<IExport> exports) : IJobRunner
{
    public bool Handles(JobType type) => ExportTypes.All.Contains(type);

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        job.ResetProgress();
        var export = exports.Single(export => export.Handles(job.Type));
        var arguments = JsonSerializer.Deserialize<ExportArguments>(job.Arguments)!;
        var progress = new ExportProgress(db, job);
        var pipe = new Pipe();
        var saving = SaveAsync(pipe.Reader, cancellationToken);
        try
        {
            await export.WriteAsync(job, arguments, pipe.Writer, progress, cancellationToken);
            await pipe.Writer.CompleteAsync();
        }
        catch (Exception failure)
        {
            // The error keeps the store from taking the end of the stream for the end of the file.
            await pipe.Writer.CompleteAsync(failure);
            await ((Task)saving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (saving.IsCompletedSuccessfully && (await saving).Error is { } error)
            {
                return error;
            }

            throw;
        }

        var saved = await saving;
        if (!saved.IsSuccess)
        {
            return saved.Error;
        }

        try
        {
            job.SetFile(saved.Value.Name);
            await progress.ReportAsync(cancellationToken);
            return Done.Success;
        }
        catch
        {
            files.Delete(saved.Value.Name);
            throw;
        }
    }

    private async Task<Result<StoredFile>> SaveAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await files.SaveAsync(reader.AsStream(leaveOpen: true), long.MaxValue, cancellationToken);
        }
        finally
        {
            // The next flush of the export throws this: it must neither wait for a closed reader nor read its tables to the end.
            await reader.CompleteAsync(new IOException("The file store stopped reading the export."));
        }
    }
}
