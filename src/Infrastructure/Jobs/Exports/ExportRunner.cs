using System.IO.Pipelines;
using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>Writes an export straight into the file store, in flat memory. A try that breaks off leaves no file and starts anew.</summary>
internal sealed class ExportRunner(ChatDbContext db, IFileStore files, IEnumerable<IExport> exports) : IJobRunner
{
    public bool Runs(JobType type) => ExportTypes.All.Contains(type);

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        job.Restart();
        var export = exports.Single(export => export.Writes(job.Type));
        var arguments = JsonSerializer.Deserialize<ExportArguments>(job.Arguments)!;
        var progress = new ExportProgress(db, job);
        var pipe = new Pipe();
        var saving = SaveAsync(pipe.Reader, cancellationToken);
        try
        {
            await export.WriteAsync(job, arguments, pipe.Writer, progress, cancellationToken);
            await pipe.Writer.CompleteAsync();
        }
        catch (Exception broken)
        {
            // Completed with an error, the store does not take the end of the writing for the end of the file.
            await pipe.Writer.CompleteAsync(broken);
            await ((Task)saving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (saving.IsCompletedSuccessfully && (await saving).Error is { } refusal)
            {
                return refusal;
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
            job.Produce(saved.Value.Name);
            await progress.TellAsync(cancellationToken);
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
            // The next flush of the export throws this: it must neither wait for a reader that is gone nor read its tables to the end.
            await reader.CompleteAsync(new IOException("The file is not written any more."));
        }
    }
}
