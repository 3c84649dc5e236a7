using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

internal sealed class ImportRunner(ChatDbContext db, IFileStore files, BulkTables tables, IOptions<ImportLimits> limits, TimeProvider clock)
    : IJobRunner
{
    private const long ManyRows = 1_000;

    // Autovacuum takes minutes to analyze new rows; until then the planner assumes empty tables.
    private const string Analyze = "analyze (skip_locked) users, channels, threads, channel_members, messages, import_keys, events";

    private static readonly TimeSpan AnalyzeTimeout = TimeSpan.FromMinutes(10);

    public bool Handles(JobType type) => ImportTypes.All.Contains(type);

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (files.Open(job.File!) is not { } file)
        {
            return ImportErrors.FileGone;
        }

        await using var reader = await JsonItemReader.OpenAsync(file, limits.Value.MaxItemBytes, cancellationToken);
        var arguments = JsonSerializer.Deserialize<ImportArguments>(job.Arguments)!;
        var globalId = await db.Applications.Where(application => application.Id == job.ApplicationId)
            .Select(application => application.GlobalId).SingleAsync(cancellationToken);
        var context = new ImportContext(db, job, globalId, arguments, tables, clock);
        if (context.IsStaged)
        {
            await ImportStage.OpenAsync(context, cancellationToken);
        }

        var failure = job.Type switch
        {
            JobType.UserImport => await RunAsync(new UserImport(), context, reader, cancellationToken),
            JobType.ChannelImport => await RunAsync(new ChannelImport(), context, reader, cancellationToken),
            JobType.ChannelMembersImport => await RunAsync(new MemberImport(), context, reader, cancellationToken),
            _ => await RunMessagesAsync(context, reader, cancellationToken),
        };
        var result = failure is not null ? ImportErrors.Unreadable(failure)
            : context.IsStaged ? await ImportStage.CloseAsync(context, cancellationToken)
            : Done.Success;
        if (job.Succeeded >= ManyRows)
        {
            db.Database.SetCommandTimeout(AnalyzeTimeout);
            await db.Database.ExecuteSqlRawAsync(Analyze, cancellationToken);
        }

        return result;
    }

    private Task<string?> RunAsync<T>(
        IItemImporter<T> importer, ImportContext context, JsonItemReader reader, CancellationToken cancellationToken)
        where T : class => new ImportRun<T>(importer, context, limits.Value).RunAsync(reader, cancellationToken);

    private async Task<string?> RunMessagesAsync(ImportContext context, JsonItemReader reader, CancellationToken cancellationToken)
    {
        context.HasDeferred = await DeferredReplies.AnyAsync(context, cancellationToken);
        var run = new ImportRun<MessageItem>(new MessageImport(), context, limits.Value);
        var failure = await run.RunAsync(reader, cancellationToken);
        if (context.HasDeferred)
        {
            await DeferredReplies.ImportAsync(context, run, limits.Value, cancellationToken);
        }

        return failure;
    }
}
