using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

public static class FunctionErrors
{
    public static readonly Error NotFound = new NotFoundError("function.not_found", "There is no such function.");

    public static readonly Error VersionNotFound =
        new NotFoundError("function.version_not_found", "There is no such version of a function.");

    public static readonly Error NothingDeployed =
        new NotFoundError("function.nothing_deployed", "The function has no version yet.");

    public static readonly Error InvocationNotFound =
        new NotFoundError("function.invocation_not_found", "There is no such invocation of a function.");

    public static readonly Error DeadLetterNotFound =
        new NotFoundError("function.dead_letter_not_found", "There is no such event that a function failed over.");

    public static readonly Error NothingToEnable =
        new ValidationError("function.nothing_to_enable", "enabled", "A function without a version cannot be enabled.");

    public static readonly Error NotBlocking = new ValidationError(
        "function.not_blocking", "failOpen", "Only functions that are asked before something happens fail open or closed.");

    public static Error TooMany(int most) =>
        new ValidationError("function.too_many", $"An application has at most {most} functions.");

    /// <param name="field">Of the request, that holds the script.</param>
    public static Error Syntax(string field, string message, int line, int column) =>
        new ValidationError("function.syntax", field, $"line {line}, column {column}: {message}");

    /// <summary>A function said no.</summary>
    /// <param name="message">What it threw.</param>
    public static Error Denied(string message) => new ForbiddenError("function.denied", message);

    /// <summary>A function that has to be asked could not be, and fails closed.</summary>
    public static Error Undecided(string name) =>
        new UnavailableError("function.undecided", $"The function '{name}' decides on this and could not be run; try again later.");
}
