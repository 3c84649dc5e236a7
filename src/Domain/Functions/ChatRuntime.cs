using System.Globalization;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

/// <summary>
/// What the functions of an application run in: a script that runs before them, variables and packages. An application has one, which
/// is there once somebody changes it. Each change has a <see cref="Revision"/> of its own.
/// </summary>
public sealed class ChatRuntime : ITenantOwned
{
    private readonly List<RuntimeVariable> _variables = [];

    private ChatRuntime() { }

    public long ApplicationId { get; private set; }

    /// <summary>Grows with each change of what functions run in; 0 before the first.</summary>
    public long Revision { get; private set; }

    /// <summary>Runs before any function; null when there is none.</summary>
    public string? InitializationScript { get; private set; }

    /// <summary>The packages that are there.</summary>
    public IReadOnlyList<RuntimeDependency> Dependencies { get; private set; } = [];

    /// <summary>Where they lie, below the folder that each server keeps packages in; null while there are none.</summary>
    public string? DependenciesFolder { get; private set; }

    /// <summary>Names the folder among those of the application; null while there are none.</summary>
    public long? DependenciesRevision { get; private set; }

    /// <summary>The job that was last started to change the packages; null before the first.</summary>
    public long? InstallationJobId { get; private set; }

    /// <summary>The custom ones.</summary>
    public IReadOnlyCollection<RuntimeVariable> Variables => _variables;

    /// <summary>Drawn anew by the store with each change.</summary>
    public uint Version { get; private set; }

    public static ChatRuntime Create(long applicationId) => new() { ApplicationId = applicationId };

    /// <summary>As it is shown; follows the revision.</summary>
    public static string VersionOf(long revision) => string.Create(CultureInfo.InvariantCulture, $"v0.0.{revision}");

    /// <param name="script">Empty for none.</param>
    public void SetInitializationScript(string script)
    {
        InitializationScript = script.Length == 0 ? null : script;
        Revision++;
    }

    /// <summary>Replaces the custom variables.</summary>
    /// <param name="values">By name; each encrypted for <see cref="RuntimeVariable.ContextOf"/>.</param>
    public void ReplaceVariables(IReadOnlyDictionary<string, byte[]> values)
    {
        _variables.RemoveAll(variable => !values.ContainsKey(variable.Name));
        foreach (var (name, value) in values)
        {
            if (_variables.Find(variable => variable.Name == name) is { } known)
            {
                known.Replace(value);
            }
            else
            {
                _variables.Add(RuntimeVariable.Create(this, name, value));
            }
        }

        Revision++;
    }

    /// <summary>Notes that packages are being installed; those that are there stay until that is done.</summary>
    public void BeginInstallation(long jobId) => InstallationJobId = jobId;

    /// <summary>Takes up what a job installed, unless another was started since.</summary>
    /// <param name="revision">Names the folder.</param>
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

/// <summary>A package that functions can use.</summary>
/// <param name="Range">The versions that will do, as npm reads it.</param>
/// <param name="Installed">The version that was chosen.</param>
/// <param name="IsDefault">Whether every application of this server has it.</param>
public sealed record RuntimeDependency(string Name, string Range, string? Installed, bool IsDefault);

/// <summary>A variable that the application gives its functions. Only its encrypted form is here.</summary>
public sealed class RuntimeVariable : ITenantOwned
{
    private RuntimeVariable() { }

    public long ApplicationId { get; private set; }

    public string Name { get; private set; } = null!;

    /// <summary>Encrypted for <see cref="ContextOf"/>.</summary>
    public byte[] Value { get; private set; } = [];

    internal static RuntimeVariable Create(ChatRuntime runtime, string name, byte[] value) =>
        new() { ApplicationId = runtime.ApplicationId, Name = name, Value = value };

    /// <summary>What its value is bound to.</summary>
    public static string ContextOf(string name) => $"runtime/{name}";

    internal void Replace(byte[] value) => Value = value;
}
