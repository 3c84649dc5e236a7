using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions;
using ChatPlatform.Infrastructure.Functions.Dependencies;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Packages;
using ChatPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Installation of packages, its limits, and their use in handlers.</summary>
public sealed class DependencyTests : FunctionTest
{
    private FakeNpmRegistry _registry = null!;
    private string _folder = null!;
    private NodeRuntime _node = null!;

    [OneTimeSetUp]
    public async Task FetchNpmAsync()
    {
        // From the usual registry; the packages of the tests come from the fake one.
        _node = new NodeRuntime(Options.Create(new FunctionOptions()), TimeProvider.System, NullLogger<NodeRuntime>.Instance);
        try
        {
            await NpmPackage.FetchAsync(null, await _node.CacheAsync(CancellationToken.None), NullLogger.Instance, CancellationToken.None);
        }
        catch (FunctionsUnavailableException failure)
        {
            Skip.IfDownloadFailed(failure.Message);
        }
    }

    [OneTimeTearDown]
    public void DisposeNode() => _node.Dispose();

    [SetUp]
    public async Task StartRegistryAsync()
    {
        _registry = await FakeNpmRegistry.ServeAsync();
        _folder = ScratchFolder.New("chatplatform-packages-");
        SharedFolder.Create(_folder);
    }

    [TearDown]
    public async Task RemoveRegistryAsync()
    {
        await _registry.DisposeAsync();
        DependencyStore.Delete(_folder);
    }

    [Test]
    public async Task Package_is_installed_with_its_dependencies()
    {
        _registry.Add(
            "greeting", new { dependencies = new { word = "^1.0.0" } }, ("index.js", "module.exports = () => require('word') + '!';"));
        _registry.Add("word", null, ("index.js", "module.exports = 'Hello';"));

        var installed = await InstallAsync(("greeting", "^1.0.0"));

        Assert.That(installed.Error, Is.Null);
        Assert.That(installed.Versions, Is.EqualTo(new Dictionary<string, string> { ["greeting"] = "1.0.0" }));
        Assert.That(
            Directory.GetFileSystemEntries(FolderOf(installed)).Select(Path.GetFileName),
            Does.Contain("package-lock.json").And.Contain("node_modules"));
        foreach (var script in new[]
        {
            "const greeting = require('greeting'); exports.handleEvent = () => greeting();",
            "import greeting from 'greeting'; export const handleEvent = () => greeting();",
            "exports.handleEvent = async () => (await import('greeting')).default();",
        })
        {
            Assert.That(await ResultAsync(script, environment: Environment(dependencies: FolderOf(installed))), Is.EqualTo("\"Hello!\""));
        }

        Assert.That(
            await ResultAsync("exports.handleEvent = () => loaded();", environment: Environment(
                "import greeting from 'greeting'; export const loaded = greeting;", dependencies: FolderOf(installed), revision: 2)),
            Is.EqualTo("\"Hello!\""));
    }

    [Test]
    public async Task Folder_of_packages_can_be_moved()
    {
        _registry.Add("word", null, ("index.js", "module.exports = 'Hello';"));
        var installed = await InstallAsync(("word", "1.0.0"));
        var moved = ScratchFolder.New("chatplatform-packages-");
        Directory.Move(_folder, moved);
        _folder = moved;
        using var rig = FunctionRig.Build(options => options.Folder = moved);

        var outcome = await rig.Runtime.InvokeAsync(
            Request("exports.handleEvent = () => require('word');", environment: Environment(dependencies: installed.Folder)),
            Api,
            CancellationToken.None);

        Assert.That(installed.Folder, Is.EqualTo($"{Application}/1"));
        Assert.That(outcome.Result.ToString(), Is.EqualTo("Hello"), outcome.Error?.Message);
    }

    /// <summary>Replaces npm by a script that tries to read and write files.</summary>
    [Test]
    [Platform("Linux")]
    public async Task Npm_cannot_read_files_of_the_server()
    {
        System.Environment.SetEnvironmentVariable("SECRET_OF_THE_SERVER", "hunter2");
        var (npm, draft) = (Path.Combine(_folder, "npm"), Path.Combine(_folder, "draft"));
        SharedFolder.Create(Path.Combine(npm, "bin"));
        SharedFolder.Create(Path.Combine(draft, "app"));
        SandboxLauncher.InstallerUser()?.ChangeOwnerRecursively(draft);
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), "hunter2");
        await File.WriteAllTextAsync(Path.Combine(npm, "bin", "npm-cli.js"), $$"""
            const fs = require('fs');
            const can = (action) => { try { action(); return true; } catch { return false; } };
            fs.writeFileSync('written', '1');
            console.log(JSON.stringify({
              environment: JSON.stringify(process.env),
              root: process.getuid() === 0,
              passwords: can(() => fs.readFileSync('/etc/passwd')),
              processes: can(() => fs.readdirSync('/proc')),
              neighbours: can(() => fs.readFileSync('{{_folder}}/secret')),
              itself: can(() => fs.writeFileSync(__filename, 'changed')),
            }));
            """);
        var launcher = await _node.PrepareAsync(CancellationToken.None);

        var result = await OneShotProcess.TryRunAsync(launcher.StartNpm(npm, draft, 1 << 20), input: null, CancellationToken.None);

        Assert.That(result?.ExitCode, Is.Zero, result?.Errors);
        var seen = JsonNode.Parse(result!.Output)!;
        Assert.That(File.Exists(Path.Combine(draft, "app", "written")));
        Assert.That((string)seen["environment"]!, Does.Not.Contain("hunter2").And.Not.Contain("PATH"));
        Assert.That((bool)seen["root"]!, Is.False);
        foreach (var action in launcher.IsSandbox ? new[] { "passwords", "processes", "neighbours", "itself" } : [])
        {
            Assert.That((bool)seen[action]!, Is.False, action);
        }
    }

    [Test]
    public async Task Old_revisions_are_removed()
    {
        string FolderOf(long revision) => Path.Combine(_folder, $"{Application}", $"{revision}");
        foreach (var revision in new[] { 1, 2, 3 })
        {
            SharedFolder.Create(Path.Combine(FolderOf(revision), "node_modules"));
            ReadOnlyTree.Apply(FolderOf(revision));
        }

        await Installer().RemoveOthersAsync(Application, [2], CancellationToken.None);

        Assert.That(Directory.GetDirectories(Path.Combine(_folder, $"{Application}")), Is.EqualTo(new[] { FolderOf(2) }));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Install_scripts_do_not_run()
    {
        var output = Path.Combine(_folder, "ran");
        Directory.CreateDirectory(output);
        File.SetUnixFileMode(output, (UnixFileMode)0b111_111_111);
        var touch = $"touch {output}/it";
        var scripts = new { preinstall = touch, install = touch, postinstall = touch, prepare = touch };
        _registry.Add("eager", new { scripts }, ("index.js", "module.exports = 1;"));

        var installed = await InstallAsync(("eager", "1.0.0"));

        Assert.That(installed.Error, Is.Null);
        Assert.That(Directory.GetFileSystemEntries(output), Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Packages_are_read_only_and_installed_once()
    {
        _registry.Add("word", null, ("index.js", "module.exports = 'Hello';"));
        var installed = await InstallAsync(("word", "1.0.0"));
        await _registry.DisposeAsync();

        Assert.That((await InstallAsync(("word", "1.0.0"))).Folder, Is.EqualTo(installed.Folder));
        const UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        var paths = new DirectoryInfo(FolderOf(installed)).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).ToList();
        Assert.That(paths, Is.Not.Empty);
        Assert.That(paths.Where(path => (path.UnixFileMode & write) != 0), Is.Empty);
    }

    [Test]
    public async Task Links_in_a_package_are_not_installed()
    {
        using var packed = new MemoryStream();
        await using (var tar = new TarWriter(new GZipStream(packed, CompressionLevel.Fastest)))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/package.json")
            {
                DataStream = new MemoryStream("""{"name":"linked","version":"1.0.0"}"""u8.ToArray()),
            });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "package/passwd") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "package/root") { LinkName = "/" });
        }

        _registry.Add("linked", new JsonObject(), packed.ToArray());

        var installed = await InstallAsync(("linked", "1.0.0"));

        // npm skips links; the installer refuses any that it does not skip.
        var links = installed.Folder is null ? []
            : new DirectoryInfo(FolderOf(installed)).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Where(path => path.LinkTarget is not null);
        Assert.That(links, Is.Empty);
    }

    [TestCase("nowhere", "^1.0.0", "The registry does not have this package")]
    [TestCase("word", "^9.0.0", "The registry does not have this version")]
    [TestCase("../word", "1.0.0", "is not a registry package")]
    [TestCase("Word", "1.0.0", "is not a registry package")]
    [TestCase("word", "file:/etc", "is not a registry package")]
    [TestCase("word", "git+ssh://git@example.com/a.git", "is not a registry package")]
    [TestCase("word", "http://169.254.169.254/", "is not a registry package")]
    [TestCase("word", "someone/repository", "is not a registry package")]
    [TestCase("word", "npm:other@1", "is not a registry package")]
    [TestCase("word", "", "is not a registry package")]
    [TestCase("elsewhere", "1.0.0", "other sources are not allowed")]
    [TestCase("many", "1.0.0", "at most 5 are allowed")]
    [TestCase("heavy", "1.0.0", "take more than 2 MB")]
    public async Task Failure_is_reported_and_leaves_no_files(string name, string version, string reason)
    {
        _registry.Add("word", null, ("index.js", "module.exports = 'Hello';"));
        var elsewhere = _registry.Address.ToString().Replace("127.0.0.1", "localhost");
        _registry.Add("elsewhere", new { dependencies = new { word = $"{elsewhere}word/-/word-1.0.0.tgz" } });
        _registry.Add("many", new { dependencies = Enumerable.Range(0, 6).ToDictionary(number => $"one{number}", _ => "1.0.0") });
        _registry.Add("heavy", null, ("data.txt", string.Concat(Enumerable.Range(0, 600_000).Select(number => $"{number}"))));
        foreach (var number in Enumerable.Range(0, 6))
        {
            _registry.Add($"one{number}");
        }

        var installed = await InstallAsync((name, version));

        await TestContext.Out.WriteLineAsync(installed.Error);
        Assert.That(installed.Folder, Is.Null);
        Assert.That(installed.Error, Does.Contain(reason));
        Assert.That(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task Unreachable_registry_is_reported()
    {
        await _registry.DisposeAsync();

        Assert.That((await InstallAsync(("word", "1.0.0"))).Error, Does.StartWith("The registry could not be reached"));
    }

    /// <summary>From the public registry or the configured mirror.</summary>
    [Test]
    public async Task Real_package_is_installed_and_used()
    {
        var installed = await Installer(registry: null).InstallAsync(
            Application, 1, new Dictionary<string, string> { ["left-pad"] = "^1.3.0" }, CancellationToken.None);
        if (installed.Error is not null)
        {
            Skip.IfDownloadFailed(installed.Error);
        }

        Assert.That(installed.Versions["left-pad"], Is.EqualTo("1.3.0"));
        Assert.That(
            await ResultAsync(
                "import pad from 'left-pad'; export const handleEvent = () => pad(7, 3, 0);",
                environment: Environment(dependencies: FolderOf(installed))),
            Is.EqualTo("\"007\""));
    }

    private string FolderOf(InstalledDependencies installed) => Path.Combine(_folder, installed.Folder!);

    private Task<InstalledDependencies> InstallAsync(params (string Name, string Version)[] dependencies) => InstallAsync(1, dependencies);

    private Task<InstalledDependencies> InstallAsync(long revision, params (string Name, string Version)[] dependencies) =>
        Installer(_registry.Address).InstallAsync(
            Application, revision, dependencies.ToDictionary(one => one.Name, one => one.Version), CancellationToken.None);

    private NpmInstaller Installer(Uri? registry = null)
    {
        var options = Options.Create(new FunctionOptions { Registry = registry, Folder = _folder, Packages = 5, PackageMegabytes = 2 });
        return new NpmInstaller(
            _node, new DependencyStore(options, NullLogger<DependencyStore>.Instance), options, NullLogger<NpmInstaller>.Instance);
    }
}
