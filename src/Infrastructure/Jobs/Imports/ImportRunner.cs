using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Imports of users, channels, channel members and messages.</summary>
internal sealed class ImportRunner(ChatDbContext db, IFileStore files, BulkTables tables, IOptions<ImportLimits> limits, TimeProvider clock)
    : IJobRunner
{
    private const long ManyRows = 1_000;

    // Until the planner has figures of new rows (PostgreSQL's own time for it comes within minutes) it plans for tables that are empty.
    private const string Analyze = "analyze (skip_locked) users, channels, threads, channel_members, messages, import_keys, events";

    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10);

    public bool Runs(JobType type) => ImportTypes.All.Contains(type);

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (files.Open(job.File!) is not { } file)
        {
            return ImportErrors.FileGone;
        }

        await using var reader = await JsonItemReader.OpenAsync(file, limits.Value.MaxItemBytes, cancellationToken);
        var arguments = JsonSerializer.Deserialize<ImportArguments>(job.Arguments)!;
        var session = new ImportSession(db, job, arguments, tables, clock);
        if (session.IsStaged)
        {
            await ImportStage.OpenAsync(session, cancellationToken);
        }

        var failure = job.Type switch
        {
            JobType.UserImport => await RunAsync(new UserImport(), session, reader, cancellationToken),
            JobType.ChannelImport => await RunAsync(new ChannelImport(), session, reader, cancellationToken),
            JobType.ChannelMembersImport => await RunAsync(new MemberImport(), session, reader, cancellationToken),
            _ => await RunMessagesAsync(session, reader, cancellationToken),
        };
        var ended = failure is not null ? ImportErrors.Unreadable(failure)
            : session.IsStaged ? await ImportStage.CloseAsync(session, cancellationToken)
            : Done.Success;
        if (job.Succeeded >= ManyRows)
        {
            db.Database.SetCommandTimeout(LongEnough);
            await db.Database.ExecuteSqlRawAsync(Analyze, cancellationToken);
        }

        return ended;
    }

    private Task<string?> RunAsync<T>(
        IItemImporter<T> importer, ImportSession session, JsonItemReader reader, CancellationToken cancellationToken)
        where T : class => new ImportRun<T>(importer, session, limits.Value).RunAsync(reader, cancellationToken);

    private async Task<string?> RunMessagesAsync(ImportSession session, JsonItemReader reader, CancellationToken cancellationToken)
    {
        session.HasWaiting = await WaitingReplies.AnyAsync(session, cancellationToken);
        var run = new ImportRun<MessageItem>(new MessageImport(), session, limits.Value);
        var failure = await run.RunAsync(reader, cancellationToken);
        if (session.HasWaiting)
        {
            await WaitingReplies.LetInAsync(session, run, limits.Value, cancellationToken);
        }

        return failure;
    }
}
