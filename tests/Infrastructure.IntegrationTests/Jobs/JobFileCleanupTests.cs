using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Files;
using ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;
using ChatPlatform.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs;

internal sealed class JobFileCleanupTests : ImportTest
{
    [Test]
    public async Task Files_of_ended_jobs_are_deleted_after_the_retention_time()
    {
        var job = await ImportAsync(JobType.UserImport, "[]");
        var files = Services.GetRequiredService<IFileStore>();

        await CleanUpAsync(after: TimeSpan.FromDays(6));
        await using (var kept = files.Open(job.File!))
        {
            Assert.That(kept, Is.Not.Null);
        }

        await CleanUpAsync(after: TimeSpan.FromDays(2));

        Assert.That(files.Open(job.File!), Is.Null);
        Assert.That(await CountAsync("jobs where file is not null"), Is.Zero);
    }

    [Test]
    public async Task Only_old_temporary_files_are_deleted()
    {
        var folder = Path.Combine(Services.GetRequiredService<IOptions<FileStoreOptions>>().Value.Folder, "temporary");
        Directory.CreateDirectory(folder);
        var (old, young) = (Path.Combine(folder, "old"), Path.Combine(folder, "young"));
        await File.WriteAllTextAsync(old, "x");
        await File.WriteAllTextAsync(young, "x");
        File.SetLastWriteTimeUtc(old, Clock.Now.AddHours(-25));
        File.SetLastWriteTimeUtc(young, Clock.Now.AddHours(-23));

        await CleanUpAsync(after: TimeSpan.Zero);

        Assert.That(Directory.GetFiles(folder), Is.EqualTo(new[] { young }));
    }

    [Test]
    public async Task Deferred_replies_of_an_ended_job_are_deleted()
    {
        var job = await ImportAsync(JobType.UserImport, "[]");
        await using (var insert = DataSource.CreateCommand(
            $"insert into deferred_replies (application_id, job_id, index, reply_to, item) values (1, {job.Id}, 0, 'x', '')"))
        {
            await insert.ExecuteNonQueryAsync();
        }

        await CleanUpAsync(after: TimeSpan.Zero);

        Assert.That(await CountAsync("deferred_replies"), Is.Zero);
    }

    private Task CleanUpAsync(TimeSpan after)
    {
        Clock.Advance(after);
        return Services.GetRequiredService<JobFileCleanup>().RunAsync(CancellationToken.None);
    }
}
