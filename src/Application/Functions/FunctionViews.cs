using AutoMapper;
using ChatPlatform.Domain.Functions;

namespace ChatPlatform.Application.Functions;

public sealed record FunctionView
{
    public long Id { get; init; }

    public long ApplicationId { get; init; }

    /// <summary>One of <see cref="FunctionTypes"/>.</summary>
    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Description { get; init; }

    public bool Enabled { get; init; }

    /// <summary>For blocking functions: whether the action proceeds when the function cannot run.</summary>
    public bool FailsOpen { get; init; }

    /// <summary>0 before the first version.</summary>
    public int CurrentVersionNumber { get; init; }

    public long RuntimeRevision { get; init; }

    public uint Version { get; init; }
}

public sealed record FunctionVersionView
{
    public long Id { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    public string Script { get; init; } = "";
}

/// <summary>One run of a function, without its console.</summary>
public sealed record InvocationView
{
    public long Id { get; init; }

    public long FunctionId { get; init; }

    public int VersionNumber { get; init; }

    public InvocationStatus Status { get; init; }

    /// <summary>JSON.</summary>
    public string Args { get; init; } = "";

    /// <summary>JSON; null when nothing was returned.</summary>
    public string? Result { get; init; }

    public InvocationFailure? Failure { get; init; }

    public DateTime CreatedTime { get; init; }

    public DateTime? EndedTime { get; init; }

    public TimeSpan? Duration { get; init; }
}

public sealed record DeadLetterView
{
    public long Id { get; init; }

    public long FunctionId { get; init; }

    /// <summary>JSON; null when the event was not read.</summary>
    public string? Args { get; init; }

    public int Attempts { get; init; }

    public InvocationFailure? Failure { get; init; }

    public DateTime CreatedTime { get; init; }

    public DateTime? EndedTime { get; init; }

    public DeliveryState State { get; init; }
}

internal sealed class FunctionMapping : Profile
{
    public FunctionMapping()
    {
        CreateMap<ChatFunction, FunctionView>();
        CreateMap<ChatFunctionVersion, FunctionVersionView>();
        CreateMap<ChatFunctionInvocation, InvocationView>();
        CreateMap<FunctionDelivery, DeadLetterView>();
    }
}
