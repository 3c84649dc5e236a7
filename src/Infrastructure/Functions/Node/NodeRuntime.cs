using System.Reflection;
using System.Security.Cryptography;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>Finds Node.js and the strongest sandbox, on first use.</summary>
internal sealed class NodeRuntime(IOptions<FunctionOptions> options, TimeProvider clock, ILogger<NodeRuntime> logger) : IDisposable
{
    private const string Resources = "Functions.RuntimeJs.";
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1);
    private SandboxLauncher? _ready;
    private FunctionsUnavailableException? _failure;
    private long _failedAt;

    /// <exception cref="FunctionsUnavailableException">Scripts cannot run here; a later call retries after a minute.</exception>
    public async Task<SandboxLauncher> PrepareAsync(CancellationToken ct)
    {
        if (_ready is { } ready)
        {
            return ready;
        }

        await _gate.WaitAsync(ct);
        try
        {
            if (_failure is { } failure && clock.GetElapsedTime(_failedAt) < RetryInterval)
            {
                throw failure;
            }

            return _ready ??= await FindAsync(ct);
        }
        catch (FunctionsUnavailableException failure) when (failure != _failure)
        {
            logger.LogWarning("Functions cannot run: {Reason}", failure.Message);
            (_failure, _failedAt) = (failure, clock.GetTimestamp());
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Folder of downloaded programs, readable by the accounts of processes.</summary>
    public Task<string> CacheAsync(CancellationToken ct) =>
        PackageCache.PrepareAsync(options.Value.CacheFolder, SandboxLauncher.RuntimeUser(), logger, ct);

    private async Task<SandboxLauncher> FindAsync(CancellationToken ct)
    {
        var cache = await CacheAsync(ct);
        var node = await NodeProgram.LocateAsync(options.Value, cache, logger, ct);
        var scripts = await UnpackScriptsAsync(cache, ct);
        var found = await SandboxLauncher.FindAsync(options.Value, node, scripts, logger, ct);
        logger.LogInformation("Functions run with {Node}, {Sandbox}.", node, found.Description);
        return found;
    }

    /// <summary>The folder is named after a hash of the scripts, so that servers of different versions can share the cache.</summary>
    private static async Task<string> UnpackScriptsAsync(string cache, CancellationToken ct)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Resources, StringComparison.Ordinal));
        foreach (var name in names.Order())
        {
            using var content = new MemoryStream();
            await using var resource = assembly.GetManifestResourceStream(name)!;
            await resource.CopyToAsync(content, ct);
            files[name[Resources.Length..]] = content.ToArray();
            hash.AppendData(content.ToArray());
        }

        var folder = Path.Combine(cache, $"functions-{Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}");
        SharedFolder.Create(folder);
        foreach (var (name, content) in files)
        {
            await WriteAsync(Path.Combine(folder, name), content, ct);
        }

        return folder;
    }

    private static async Task WriteAsync(string path, byte[] content, CancellationToken ct)
    {
        if (File.Exists(path) && (await File.ReadAllBytesAsync(path, ct)).SequenceEqual(content))
        {
            return;
        }

        var draft = $"{path}.{Guid.NewGuid():n}";
        await File.WriteAllBytesAsync(draft, content, ct);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(draft, SharedFolder.Mode);
        }

        File.Move(draft, path, overwrite: true);
    }
}
