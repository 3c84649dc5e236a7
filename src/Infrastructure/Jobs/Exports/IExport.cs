using System.IO.Pipelines;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>Writes one type of export from a single database snapshot.</summary>
internal interface IExport
{
    bool Handles(JobType type);

    Task WriteAsync(Job job, ExportArguments arguments, PipeWriter output, ExportProgress progress, CancellationToken cancellationToken);
}
