using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

/// <summary>A script of the application that runs when something happens, or is asked before it does.</summary>
public sealed class ChatFunction : ITenantOwned
{
    public const int MaxDescription = 1_000;

    /// <summary>Bytes of UTF-8 of a script.</summary>
    public const int MaxScript = 1024 * 1024;

    private ChatFunction() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public ChatRuntime Runtime { get; private set; } = null!;

    /// <summary>One of <see cref="FunctionTypes"/>.</summary>
    public string Type { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    public string? Description { get; private set; }

    public bool Enabled { get; private set; }

    /// <summary>
    /// Of a blocking one: whether things go on as if it had agreed when it cannot be run or takes too long, or are refused.
    /// </summary>
    public bool FailsOpen { get; private set; }

    /// <summary>0 before the first version.</summary>
    public int CurrentVersionNumber { get; private set; }

    public DateTime CreatedTime { get; private set; }

    /// <summary>When it was removed (UTC): it is not shown any more, and goes with all that it left; null for one that is there.</summary>
    public DateTime? DeletedTime { get; private set; }

    /// <summary>Drawn anew by the store with each change.</summary>
    public uint Version { get; private set; }

    /// <summary>Whether what it is about waits for it.</summary>
    public bool IsBlocking => FunctionTypes.IsBlocking(Type);

    /// <summary>
    /// Runs once it has a version. When it cannot be asked sessions are denied and messages are not, unless told otherwise.
    /// </summary>
    public static ChatFunction Create(ChatRuntime runtime, string type, string name, string? description, DateTime now) => new()
    {
        ApplicationId = runtime.ApplicationId,
        Runtime = runtime,
        Type = type,
        Name = name,
        Description = description,
        FailsOpen = type == FunctionTypes.SendMessage,
        CreatedTime = now,
    };

    /// <summary>What it runs from now on. The first version enables it; later ones leave it as it is.</summary>
    public ChatFunctionVersion Deploy(string script, DateTime now)
    {
        CurrentVersionNumber++;
        Enabled = Enabled || CurrentVersionNumber == 1;
        return ChatFunctionVersion.Create(this, script, now);
    }

    public void Rename(string name) => Name = name;

    public void SetDescription(string? description) => Description = description;

    public Result<Done> SetEnabled(bool enabled)
    {
        if (enabled && CurrentVersionNumber == 0)
        {
            return FunctionErrors.NothingToEnable;
        }

        Enabled = enabled;
        return Done.Success;
    }

    /// <summary>From now on it is not there, and does not run.</summary>
    public void Delete(DateTime now)
    {
        Enabled = false;
        DeletedTime = now;
    }

    public Result<Done> SetFailOpen(bool open)
    {
        if (!IsBlocking)
        {
            return FunctionErrors.NotBlocking;
        }

        FailsOpen = open;
        return Done.Success;
    }
}

/// <summary>A script of a function, as it was saved; it never changes.</summary>
public sealed class ChatFunctionVersion : ITenantOwned
{
    private ChatFunctionVersion() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long FunctionId { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    /// <summary>JavaScript or TypeScript.</summary>
    public string Script { get; private set; } = null!;

    public DateTime CreatedTime { get; private set; }

    internal static ChatFunctionVersion Create(ChatFunction function, string script, DateTime now) => new()
    {
        ApplicationId = function.ApplicationId,
        FunctionId = function.Id,
        Number = function.CurrentVersionNumber,
        Script = script,
        CreatedTime = now,
    };
}
