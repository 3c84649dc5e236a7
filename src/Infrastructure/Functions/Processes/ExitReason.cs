using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>Why a process is no more.</summary>
/// <param name="IsFailure">Whether it died of what its scripts did, so that the next one should not follow too soon.</param>
internal sealed record ExitReason(FunctionErrorKind Kind, string Message, bool IsFailure = true)
{
    public static readonly ExitReason NotNeeded =
        new(FunctionErrorKind.LimitExceeded, "The process was not needed any more.", IsFailure: false);

    public FunctionError ToError() => new(Kind, Kind.ToString(), Message, Stack: null);
}
