using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Packages;
using ChatPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Machines that cannot run scripts.</summary>
public sealed class UnavailableTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    [Test]
    public async Task Calls_without_Node_and_registry_fail_with_the_reason()
    {
        var cache = ScratchFolder.New("chatplatform-cache-");
        try
        {
            await ExpectAsync(
                options => (options.SearchesPath, options.CacheFolder, options.Registry) = (false, cache, Nowhere), "could not be fetched");
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    [Test]
    public Task Configured_program_that_is_not_Node_is_reported() =>
        ExpectAsync(options => options.Node = "/bin/true", "Functions:Node is /bin/true, which is not Node.js");

    /// <summary>The sandbox has no shell, so a shell script instead of Node.js starts only outside the sandbox.</summary>
    [Test]
    [Platform("Linux")]
    public async Task Required_sandbox_that_fails_is_reported()
    {
        using var usual = FunctionTest.FunctionRig.Build(_ => { });
        var found = await usual.Runtime.GetAvailabilityAsync(CancellationToken.None);
        if (!found.Available)
        {
            Skip.IfDownloadFailed(found.Reason!);
        }

        var node = await NodeProgram.LocateAsync(
            new FunctionOptions(), await usual.Node.CacheAsync(CancellationToken.None), NullLogger.Instance, CancellationToken.None);
        var folder = ScratchFolder.New("chatplatform-node-");
        SharedFolder.Create(folder);
        try
        {
            var script = Path.Combine(folder, "node");
            await File.WriteAllTextAsync(script, $"#!/bin/sh\nexec '{node}' \"$@\"\n");
            File.SetUnixFileMode(script, SharedFolder.Mode);

            await ExpectAsync(
                options => (options.Node, options.RequireSandbox) = (script, true),
                "by bubblewrap, which Functions:RequireSandbox requires");
            using var without = FunctionTest.FunctionRig.Build(options => options.Node = script);
            Assert.That((await without.Runtime.GetAvailabilityAsync(CancellationToken.None)).Reason, Is.Null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase(31, 32, "MemoryMegabytes")]
    [TestCase(64, 0, "Processes")]
    public void Invalid_options_are_reported(int memory, int processes, string setting) =>
        Assert.That(new FunctionOptions { MemoryMegabytes = memory, Processes = processes }.Validate(), Does.Contain(setting));

    [Test]
    public void Default_options_are_valid() => Assert.That(new FunctionOptions().Validate(), Is.Null);

    private static async Task ExpectAsync(Action<FunctionOptions> configure, string reason)
    {
        using var rig = FunctionTest.FunctionRig.Build(configure);

        var found = await rig.Runtime.GetAvailabilityAsync(CancellationToken.None);
        var outcome = await rig.Runtime.InvokeAsync(
            new InvocationRequest(
                new FunctionEnvironment(1, 1, null, new Dictionary<string, string>(), null), 1, 1, "f", "", default,
                    TimeSpan.FromSeconds(1)),
            new FakeApi(),
            CancellationToken.None);

        Assert.That(found.Available, Is.False);
        Assert.That(found.Reason, Does.Contain(reason));
        Assert.That(outcome.Error?.Kind, Is.EqualTo(FunctionErrorKind.Unavailable));
        Assert.That(outcome.Error?.Message, Is.EqualTo(found.Reason));
        Assert.That(await rig.Runtime.CheckAsync("x", CancellationToken.None), Is.Null);
    }
}
