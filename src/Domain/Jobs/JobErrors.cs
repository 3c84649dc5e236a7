using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Jobs;

public static class JobErrors
{
    public static readonly Error NotFound = new NotFoundError("job.not_found", "There is no such job.");

    public static readonly Error NoFile = new NotFoundError("job.no_file", "There is no such job, or it has no file to download.");

    public static readonly Error Ended = new ConflictError("job.ended", "The job has already ended.");
}
