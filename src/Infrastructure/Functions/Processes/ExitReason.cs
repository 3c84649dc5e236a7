using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <param name="IsFailure">Whether its scripts caused the end, so that the next process has to wait.</param>
internal sealed record ExitReason(FunctionErrorKind Kind, string Message, bool IsFailure = true)
{
    public static readonly ExitReason NotNeeded =
        new(FunctionErrorKind.LimitExceeded, "The process was no longer needed.", IsFailure: false);

    public FunctionError ToError() => new(Kind, Kind.ToString(), Message, Stack: null);
}
