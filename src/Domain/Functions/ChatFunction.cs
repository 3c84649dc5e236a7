using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

/// <summary>A script that runs after an event or, if it is blocking, decides on an operation first.</summary>
public sealed class ChatFunction : ITenantOwned
{
    public const int MaxDescription = 1_000;

    /// <summary>UTF-8 bytes.</summary>
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

    /// <summary>Blocking functions only: whether the operation continues when the function cannot run or times out.</summary>
    public bool FailsOpen { get; private set; }

    /// <summary>0 before the first version.</summary>
    public int CurrentVersionNumber { get; private set; }

    public DateTime CreatedTime { get; private set; }

    /// <summary>UTC. A deleted function is hidden; its data is removed later.</summary>
    public DateTime? DeletedTime { get; private set; }

    public uint Version { get; private set; }

    public bool IsBlocking => FunctionTypes.IsBlocking(Type);

    /// <summary>Runs once it has a version. By default, session functions fail closed and message functions fail open.</summary>
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

    /// <summary>The first version enables the function; later ones leave that setting unchanged.</summary>
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

/// <summary>A deployed script; immutable.</summary>
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
