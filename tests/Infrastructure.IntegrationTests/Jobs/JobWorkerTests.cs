using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Jobs;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs;

internal sealed class JobWorkerTests : JobTest
{
    private readonly List<JobWorker> _workers = [];
    private Func<Job, CancellationToken, Task<Result<Done>>> _work = null!;

    [SetUp]
    public void DoNothing() => _work = (_, _) => Task.FromResult(Done.Success);

    [TearDown]
    public async Task StopWorkers()
    {
        foreach (var worker in _workers)
        {
            await worker.StopAsync(CancellationToken.None);
            worker.Dispose();
        }

        _workers.Clear();
    }

    [Test]
    public async Task Jobs_of_all_applications_run_in_their_own_scopes()
    {
        var seen = new List<long>();
        _work = (job, _) =>
        {
            seen.Add(job.ApplicationId);
            return Task.FromResult(Done.Success);
        };
        var jobs = new[] { await CreateJobAsync(Riverside), await CreateJobAsync(Hillside) };

        await StartWorkerAsync();

        await WaitForAsync(jobs[0], JobState.Finished);
        await WaitForAsync(jobs[1], JobState.Finished);
        Assert.That(seen, Is.EquivalentTo(new[] { Riverside.Id, Hillside.Id }));
    }

    [Test]
    public async Task An_error_fails_the_job_with_its_message()
    {
        _work = (_, _) => Task.FromResult<Result<Done>>(CommonErrors.Invalid("file", "is bad"));
        var job = await CreateJobAsync(Riverside);

        await StartWorkerAsync();

        await WaitForAsync(job, JobState.Failed);
        Assert.That((await ReadJobAsync(job)).Error, Is.EqualTo("is bad").Or.EqualTo(CommonErrors.Invalid("file", "is bad").Message));
    }

    [Test]
    public async Task An_exception_is_retried_with_growing_delays_and_then_fails()
    {
        var waits = new List<double>();
        _work = (_, _) => throw new InvalidOperationException("a bug");
        var job = await CreateJobAsync(Riverside);
        await StartWorkerAsync();

        for (var attempt = 1; attempt < new JobOptions().MaxFailures; attempt++)
        {
            var tries = attempt;
            await Wait.UntilAsync(
                async () => await ReadJobAsync(job) is { State: JobState.Pending, Failures: var f } && f == tries, $"try {tries}");
            var wait = (await ReadJobAsync(job)).NotBefore - Clock.Now;
            waits.Add(wait.TotalSeconds);
            Clock.Advance(wait);
        }

        await WaitForAsync(job, JobState.Failed);
        Assert.That(waits, Is.EqualTo(new[] { 1, 2, 4, 8 }));
        Assert.That((await ReadJobAsync(job)).Error, Does.Not.Contain("a bug"));
    }

    [Test]
    public async Task A_stopping_server_requeues_its_jobs_for_the_next_one()
    {
        var started = new TaskCompletionSource();
        _work = async (_, cancellationToken) =>
        {
            started.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return Done.Success;
        };
        var job = await CreateJobAsync(Riverside);
        var first = await StartWorkerAsync();
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await first.StopAsync(CancellationToken.None);

        var left = await ReadJobAsync(job);
        Assert.That((left.State, left.Failures), Is.EqualTo((JobState.Pending, 0)));
        _work = (_, _) => Task.FromResult(Done.Success);
        await StartWorkerAsync();
        await WaitForAsync(job, JobState.Finished);
    }

    [Test]
    public async Task Cancelling_stops_the_work()
    {
        var (started, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        _work = async (_, cancellationToken) =>
        {
            started.TrySetResult();
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }
            finally
            {
                stopped.TrySetResult();
            }

            return Done.Success;
        };
        var job = await CreateJobAsync(Riverside);
        await StartWorkerAsync();
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await SendAsync(Riverside, new CancelJob(job));

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((await ReadJobAsync(job)).State, Is.EqualTo(JobState.Cancelled));
    }

    [Test]
    public async Task A_signal_starts_a_job_at_once()
    {
        await StartWorkerAsync(poll: TimeSpan.FromHours(1));
        var job = await CreateJobAsync(Riverside);

        await Wait.UntilAsync(
            async () =>
            {
                Services.GetRequiredService<IJobSignal>().Wake();
                return (await ReadJobAsync(job)).State is JobState.Finished;
            },
            "the job of a worker that polls once an hour");
    }

    protected override void ConfigureServices(IServiceCollection services)
    {
        services.RemoveAll<IJobRunner>();
        services.AddScoped<IJobRunner>(provider => new Runner(provider.GetRequiredService<ICurrentApplication>(), this));
        services.Configure<JobOptions>(options => options.Lease = TimeSpan.FromMilliseconds(300));
    }

    private async Task<JobWorker> StartWorkerAsync(TimeSpan? poll = null)
    {
        var options = Microsoft.Extensions.Options.Options.Create(new JobOptions { Poll = poll ?? TimeSpan.FromMilliseconds(50) });
        var worker = ActivatorUtilities.CreateInstance<JobWorker>(Services, options);
        _workers.Add(worker);
        await worker.StartAsync(CancellationToken.None);
        return worker;
    }

    private Task WaitForAsync(long job, JobState state) =>
        Wait.UntilAsync(async () => (await ReadJobAsync(job)).State == state, $"job {job} {state}");

    private sealed class Runner(ICurrentApplication application, JobWorkerTests test) : IJobRunner
    {
        public bool Handles(JobType type) => type is JobType.UserAnalyticsExport;

        public Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
        {
            Assert.That(application.Id, Is.EqualTo(job.ApplicationId));
            return test._work(job, cancellationToken);
        }
    }
}
