using System.Globalization;
using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Jobs;

/// <summary>The file of a finished export, until it expires. Uploads are never returned.</summary>
public sealed record GetJobFile(long JobId) : IRequest<Result<JobFileView>>;

/// <param name="Content">Seekable; the caller disposes it.</param>
public sealed record JobFileView(Stream Content, string FileName, string ContentType, DateTime LastModifiedTime);

internal sealed class GetJobFileHandler(IChatDbContext db, IFileStore files) : IRequestHandler<GetJobFile, Result<JobFileView>>
{
    public async Task<Result<JobFileView>> Handle(GetJobFile request, CancellationToken cancellationToken)
    {
        var job = await db.Jobs.AsNoTracking().FirstOrDefaultAsync(job => job.Id == request.JobId, cancellationToken);
        if (job is not { State: JobState.Finished, File: not null } || !ExportTypes.All.Contains(job.Type)
            || files.Open(job.File) is not { } content)
        {
            return JobErrors.NoFile;
        }

        var (prefix, extension, contentType) = (job.Type, JsonSerializer.Deserialize<ExportArguments>(job.Arguments)!.Format) switch
        {
            (JobType.ApplicationExport, _) => ("application", "zip", "application/zip"),
            (var type, ExportFormat.Csv) => (NameOf(type), "csv", "text/csv; charset=utf-8"),
            var (type, _) => (NameOf(type), "ndjson", "application/x-ndjson"),
        };
        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{job.CreatedTime:yyyy-MM-dd}-{job.Id}.{extension}");
        return new JobFileView(content, name, contentType, job.EndedTime!.Value);
    }

    private static string NameOf(JobType type) => type is JobType.UserAnalyticsExport ? "user-analytics" : "message-analytics";
}
