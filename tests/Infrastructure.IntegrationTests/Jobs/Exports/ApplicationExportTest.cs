using System.IO.Compression;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;
using ChatPlatform.Testing;
using MediatR;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Exports;

/// <summary>Exports applications and imports their parts in order.</summary>
public abstract class ApplicationExportTest : ImportTest
{
    private protected static readonly (string Part, JobType Type)[] Parts =
    [
        ("users", JobType.UserImport), ("channels", JobType.ChannelImport),
        ("members", JobType.ChannelMembersImport), ("messages", JobType.MessageImport),
    ];

    protected async Task<T> DoAsync<T>(IRequest<Result<T>> request, SeededApplication? application = null)
    {
        var done = await SendAsync(application ?? SeededCommunity.Riverside, request);
        Assert.That(done.Error, Is.Null, request.ToString());
        return done.Value;
    }

    protected async Task<SeededApplication> CreateApplicationAsync(string key = "empty")
    {
        await using var db = Database.ContextFor();
        var application = Domain.Applications.Application.Create(key, key, Clock.Now);
        db.Applications.Add(application);
        await db.SaveChangesAsync();
        return new SeededApplication(application.Id, key, key, "", "");
    }

    protected async Task<byte[]> ExportAsync(SeededApplication application)
    {
        var job = (await SendAsync(application, new StartExport(JobType.ApplicationExport))).Value;
        await RunJobAsync();
        var file = await SendAsync(application, new GetJobFile(job.Id));
        Assert.That(file.Error, Is.Null, (await SendAsync(application, new GetJob(job.Id))).Value.ToString());
        await using var content = file.Value.Content;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>Imports all parts, none of whose items may fail.</summary>
    /// <returns>The number of imported items.</returns>
    protected async Task<long> ImportExportAsync(byte[] export, SeededApplication application)
    {
        var imported = 0L;
        foreach (var (part, type) in Parts)
        {
            var job = await ImportAsync(type, Unpack(export)[part], application);
            Assert.That((job.State, job.Failed), Is.EqualTo((JobState.Finished, 0L)), await ReportAsync(job, application));
            imported += job.Succeeded;
        }

        return imported;
    }

    protected static Dictionary<string, string> Unpack(byte[] export)
    {
        using var zip = new ZipArchive(new MemoryStream(export));
        return zip.Entries.ToDictionary(entry => entry.Name.Split('.')[0], entry =>
        {
            using var text = new StreamReader(new GZipStream(entry.Open(), CompressionMode.Decompress));
            return text.ReadToEnd();
        });
    }

    private async Task<string> ReportAsync(Job job, SeededApplication application) =>
        $"{job.Error} {string.Join('\n', await ErrorsOfAsync(job, application))}";
}
