using System.Text;
using System.Text.Json;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Files;
using ChatPlatform.Infrastructure.Jobs;
using ChatPlatform.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;

/// <summary>Runs imports without the worker; each ends before the test continues.</summary>
public abstract class ImportTest : DatabaseTest
{
    private DirectoryInfo _files = null!;

    [OneTimeSetUp]
    public void CreateFolder() => _files = Directory.CreateTempSubdirectory("chatplatform-imports-");

    [OneTimeTearDown]
    public void DeleteFolder() => _files.Delete(recursive: true);

    protected Task<Job> ImportAsync(
        JobType type, object[] items, SeededApplication? application = null) =>
        ImportAsync(type, JsonSerializer.Serialize(items), application);

    protected async Task<Job> ImportAsync(
        JobType type, string text, SeededApplication? application = null, long? channelId = null, bool dryRun = false, bool atomic = false)
    {
        var upload = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var started = await SendAsync(application ?? SeededCommunity.Riverside, new StartImport(type, upload, channelId, dryRun, atomic));
        Assert.That(started.Error, Is.Null);
        await RunJobAsync();
        await using var db = Database.ContextFor();
        return await db.Jobs.IgnoreQueryFilters().AsNoTracking().SingleAsync(job => job.Id == started.Value.Id);
    }

    /// <summary>Runs the next job once.</summary>
    protected async Task RunJobAsync()
    {
        var worker = ActivatorUtilities.CreateInstance<JobQueue>(Services);
        var claim = await worker.ClaimAsync([], CancellationToken.None);
        await ActivatorUtilities.CreateInstance<JobExecution>(Services, worker).RunAsync(claim!, CancellationToken.None);
    }

    protected static (JobState State, long Succeeded, long Skipped, long Failed) Outcome(Job job) =>
        (job.State, job.Succeeded, job.Skipped, job.Failed);

    protected async Task<List<(long Index, string? Key, string Reason)>> ErrorsOfAsync(Job job, SeededApplication? application = null)
    {
        var errors = await SendAsync(application ?? SeededCommunity.Riverside, new ListJobErrors(job.Id, 0, 200));
        return [.. errors.Value.Items.Select(error => (error.Index, error.IdempotencyKey, error.Reason))];
    }

    protected async Task<List<string>> RowsAsync(string sql)
    {
        await using var command = DataSource.CreateCommand($"select to_jsonb(r)::text from ({sql}) r");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    protected async Task<long> CountAsync(string from)
    {
        await using var command = DataSource.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    protected override void ConfigureServices(IServiceCollection services) =>
        services.Configure<FileStoreOptions>(options => options.Folder = _files.FullName);
}
