using System.Globalization;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

/// <summary>Initialization script, variables and packages of the application's functions. Created by the first change.</summary>
public sealed class ChatRuntime : ITenantOwned
{
    private readonly List<RuntimeVariable> _variables = [];

    private ChatRuntime() { }

    public long ApplicationId { get; private set; }

    /// <summary>Incremented by each change; 0 before the first.</summary>
    public long Revision { get; private set; }

    /// <summary>Runs before each function; null for none.</summary>
    public string? InitializationScript { get; private set; }

    public IReadOnlyList<RuntimeDependency> Dependencies { get; private set; } = [];

    /// <summary>Relative to each server's package folder; null without packages.</summary>
    public string? DependenciesFolder { get; private set; }

    /// <summary>Identifies the folder within the application; null without packages.</summary>
    public long? DependenciesRevision { get; private set; }

    public long? InstallationJobId { get; private set; }

    public IReadOnlyCollection<RuntimeVariable> Variables => _variables;

    public uint Version { get; private set; }

    public static ChatRuntime Create(long applicationId) => new() { ApplicationId = applicationId };

    /// <summary>The revision as shown to clients.</summary>
    public static string VersionOf(long revision) => string.Create(CultureInfo.InvariantCulture, $"v0.0.{revision}");

    /// <param name="script">Empty for none.</param>
    public void SetInitializationScript(string script)
    {
        InitializationScript = script.Length == 0 ? null : script;
        Revision++;
    }

    /// <param name="values">By name; each encrypted for <see cref="RuntimeVariable.ContextOf"/>.</param>
    public void ReplaceVariables(IReadOnlyDictionary<string, byte[]> values)
    {
        _variables.RemoveAll(variable => !values.ContainsKey(variable.Name));
        foreach (var (name, value) in values)
        {
            if (_variables.Find(variable => variable.Name == name) is { } existing)
            {
                existing.Replace(value);
            }
            else
            {
                _variables.Add(RuntimeVariable.Create(this, name, value));
            }
        }

        Revision++;
    }

    /// <summary>The current packages stay until the job is done.</summary>
    public void BeginInstallation(long jobId) => InstallationJobId = jobId;

    /// <summary>Activates what a job installed, unless a later installation was started.</summary>
    /// <param name="folder">Null for no packages.</param>
    public bool Activate(long jobId, IReadOnlyList<RuntimeDependency> dependencies, long revision, string? folder)
    {
        if (InstallationJobId != jobId)
        {
            return false;
        }

        Dependencies = dependencies;
        DependenciesFolder = folder;
        DependenciesRevision = folder is null ? null : revision;
        Revision++;
        return true;
    }
}

/// <param name="Range">Accepted versions, in npm's syntax.</param>
/// <param name="Installed">The resolved version.</param>
/// <param name="IsDefault">Whether every application of this server has it.</param>
public sealed record RuntimeDependency(string Name, string Range, string? Installed, bool IsDefault);

public sealed class RuntimeVariable : ITenantOwned
{
    private RuntimeVariable() { }

    public long ApplicationId { get; private set; }

    public string Name { get; private set; } = null!;

    /// <summary>Encrypted for <see cref="ContextOf"/>.</summary>
    public byte[] Value { get; private set; } = [];

    internal static RuntimeVariable Create(ChatRuntime runtime, string name, byte[] value) =>
        new() { ApplicationId = runtime.ApplicationId, Name = name, Value = value };

    /// <summary>The encryption context that the value is bound to.</summary>
    public static string ContextOf(string name) => $"runtime/{name}";

    internal void Replace(byte[] value) => Value = value;
}
