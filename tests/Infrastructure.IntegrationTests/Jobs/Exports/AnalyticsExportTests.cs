using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Exports;

internal sealed class AnalyticsExportTests : ImportTest
{
    private bool _diskIsFull;

    [Test]
    public async Task Messages_are_counted_by_channel_user_and_day_of_the_zone()
    {
        await ImportAsync(
            JobType.MessageImport,
            """
            [{"type": "TEXT", "channel": "lobby", "user": "alice", "body": "x", "createdTime": "2020-01-01T18:29:59Z",
              "idempotencyKey": "a"},
             {"type": "TEXT", "channel": "lobby", "user": "alice", "body": "x", "createdTime": "2020-01-01T18:30:00Z", "replyTo": "a"},
             {"type": "TEXT", "channel": "lobby", "user": "carol", "body": "x", "createdTime": "2020-01-02T00:00:00Z"},
             {"type": "TEXT", "channel": "staff", "body": "x", "createdTime": "2020-01-02T00:00:00Z"},
             {"type": "TEXT", "channel": "staff", "user": "bob", "body": "x", "createdTime": "2020-01-03T00:00:00Z"}]
            """);
        var export = new StartExport(JobType.MessageAnalyticsExport, To: Time("2020-01-03"), TimeZone: "Asia/Kolkata");

        Assert.That(await ReadAsync(export), Is.EqualTo(
            """
            row,day,channel_id,channel,user_id,user,messages,broadcast,replies,system_messages,users
            detail,2020-01-01,1,lobby,1,alice,1,1,0,0,1
            detail,2020-01-02,1,lobby,1,alice,1,1,1,0,1
            detail,2020-01-02,1,lobby,3,carol,1,0,0,0,1
            detail,2020-01-02,2,staff,,,1,1,0,1,0
            day,2020-01-01,,,,,1,1,0,0,1
            day,2020-01-02,,,,,3,2,1,1,2
            channel,,1,lobby,,,3,2,1,0,2
            channel,,2,staff,,,1,1,0,1,0
            total,,,,,,4,3,1,1,2

            """.ReplaceLineEndings("\r\n")));
    }

    /// <summary>For PostgreSQL, CET, EET, MET and WET have no summer time. The clock of St. John's went back at 00:01.</summary>
    [TestCase("CET", "2024-07-10T22:30:00Z", "2024-07-11")]
    [TestCase("MET", "2024-07-10T22:30:00Z", "2024-07-11")]
    [TestCase("EET", "2024-07-10T21:30:00Z", "2024-07-11")]
    [TestCase("WET", "2024-07-10T23:30:00Z", "2024-07-11")]
    [TestCase("CET", "2024-01-10T22:30:00Z", "2024-01-10")]
    [TestCase("America/St_Johns", "2006-10-29T02:30:30Z", "2006-10-29")]
    [TestCase("America/St_Johns", "2006-10-29T02:31:30Z", "2006-10-28")]
    [TestCase("America/St_Johns", "2006-10-29T03:30:00Z", "2006-10-29")]
    public async Task Days_are_those_that_the_clock_of_the_zone_shows(string zone, string time, string date)
    {
        await ImportAsync(
            JobType.MessageImport, [new { type = "TEXT", channel = "lobby", user = "alice", body = "x", createdTime = time }]);
        var (from, to) = (DateTime.Parse(time, null).ToUniversalTime(), DateTime.Parse(time, null).ToUniversalTime().AddSeconds(1));

        var messages = await ReadAsync(new StartExport(JobType.MessageAnalyticsExport, from, to, zone));
        var users = await ReadAsync(new StartExport(JobType.UserAnalyticsExport, from, to, zone));

        Assert.That(messages, Does.Contain($"detail,{date},1,lobby,").And.Contain($"day,{date},"));
        Assert.That(users, Does.Contain($"detail,{date},1,alice,"));
    }

    [Test]
    public async Task Users_are_counted_by_day_including_those_without_messages() => Approved.MatchesText(
        await ReadAsync(new StartExport(JobType.UserAnalyticsExport, Format: ExportFormat.Ndjson)), "UserAnalytics", "ndjson");

    [Test]
    public async Task Csv_escapes_quotes_and_formulas_in_user_names()
    {
        await ImportAsync(JobType.UserImport, """[{"name": "=1+1"}, {"name": "a\"b,c\nd"}]""");

        var csv = await ReadAsync(new StartExport(JobType.UserAnalyticsExport));

        Assert.That(csv, Does.Contain(",\"'=1+1\",\"'=1+1\",false,").And.Contain(",\"a\"\"b,c\nd\",\"a\"\"b,c\nd\",false,"));
    }

    [Test]
    public async Task Only_its_own_application_gets_the_file_and_only_when_complete()
    {
        var job = (await SendAsync(Riverside, new StartExport(JobType.MessageAnalyticsExport))).Value;
        Assert.That((await SendAsync(Riverside, new GetJobFile(job.Id))).Error, Is.EqualTo(JobErrors.NoFile));
        await RunJobAsync();
        var upload = await ImportAsync(JobType.UserImport, "[]");

        Assert.That((await SendAsync(Riverside, new GetJob(job.Id))).Value.HasFile, Is.True);
        Assert.That((await SendAsync(Riverside, new GetJob(upload.Id))).Value.HasFile, Is.False);
        Assert.That((await SendAsync(Riverside, new GetJobFile(upload.Id))).Error, Is.EqualTo(JobErrors.NoFile));
        Assert.That((await SendAsync(Hillside, new GetJobFile(job.Id))).Error, Is.EqualTo(JobErrors.NoFile));
        await using var file = (await SendAsync(Riverside, new GetJobFile(job.Id))).Value.Content;
        Assert.That(file.Length, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_full_disk_fails_the_export()
    {
        var job = (await SendAsync(Riverside, new StartExport(JobType.MessageAnalyticsExport))).Value;
        _diskIsFull = true;

        await RunJobAsync();

        _diskIsFull = false;
        var failed = (await SendAsync(Riverside, new GetJob(job.Id))).Value;
        Assert.That((failed.State, failed.Error, failed.HasFile), Is.EqualTo((JobState.Failed, FileErrors.NoSpace.Message, false)));
    }

    [TestCase("2020-01-02", "2020-01-01", null, "to")]
    [TestCase(null, null, "Mars/Olympus", "timezone")]
    public async Task An_invalid_period_or_time_zone_is_refused(string? from, string? to, string? zone, string field)
    {
        var refused = await SendAsync(Riverside, new StartExport(JobType.UserAnalyticsExport, Time(from), Time(to), zone));

        Assert.That(((ValidationError)refused.Error!).Fields.Keys, Is.EqualTo(new[] { field }));
    }

    protected override void ConfigureServices(IServiceCollection services)
    {
        base.ConfigureServices(services);
        var store = services.Last(service => service.ServiceType == typeof(IFileStore)).ImplementationType!;
        services.AddSingleton<IFileStore>(provider =>
            new FullableStore((IFileStore)ActivatorUtilities.CreateInstance(provider, store), () => _diskIsFull));
    }

    private static DateTime? Time(string? day) => day is null ? null : DateTime.SpecifyKind(DateTime.Parse(day, null), DateTimeKind.Utc);

    private async Task<string> ReadAsync(StartExport export)
    {
        var job = (await SendAsync(Riverside, export)).Value;
        await RunJobAsync();
        var file = await SendAsync(Riverside, new GetJobFile(job.Id));
        Assert.That(file.Error, Is.Null, (await ReadJobAsync(job.Id)).Error);
        using var reader = new StreamReader(file.Value.Content, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private async Task<JobView> ReadJobAsync(long id) => (await SendAsync(Riverside, new GetJob(id))).Value;

    private sealed class FullableStore(IFileStore store, Func<bool> isFull) : IFileStore
    {
        public Task<Result<StoredFile>> SaveAsync(Stream content, long maxBytes, CancellationToken cancellationToken) =>
            isFull() ? Task.FromResult<Result<StoredFile>>(FileErrors.NoSpace) : store.SaveAsync(content, maxBytes, cancellationToken);

        public Stream? Open(string name) => store.Open(name);

        public void Delete(string name) => store.Delete(name);

        public void DeleteTemporaryFiles(DateTime olderThan) => store.DeleteTemporaryFiles(olderThan);
    }
}
