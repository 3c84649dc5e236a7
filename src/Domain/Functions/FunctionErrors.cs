using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

public static class FunctionErrors
{
    public static readonly Error NotFound = new NotFoundError("function.not_found", "There is no such function.");

    public static readonly Error VersionNotFound =
        new NotFoundError("function.version_not_found", "There is no such function version.");

    public static readonly Error NothingDeployed =
        new NotFoundError("function.nothing_deployed", "The function has no version yet.");

    public static readonly Error InvocationNotFound =
        new NotFoundError("function.invocation_not_found", "There is no such function invocation.");

    public static readonly Error DeadLetterNotFound =
        new NotFoundError("function.dead_letter_not_found", "There is no such dead letter.");

    public static readonly Error NothingToEnable =
        new ValidationError("function.nothing_to_enable", "enabled", "A function without a version cannot be enabled.");

    public static readonly Error NotBlocking = new ValidationError(
        "function.not_blocking", "failOpen", "Only blocking functions have the setting failOpen.");

    public static Error TooMany(int most) =>
        new ValidationError("function.too_many", $"An application has at most {most} functions.");

    /// <param name="field">The request field that contains the script.</param>
    public static Error Syntax(string field, string message, int line, int column) =>
        new ValidationError("function.syntax", field, $"line {line}, column {column}: {message}");

    /// <param name="message">Thrown by the function.</param>
    public static Error Denied(string message) => new ForbiddenError("function.denied", message);

    /// <summary>A blocking function could not run and fails closed.</summary>
    public static Error Undecided(string name) =>
        new UnavailableError("function.undecided", $"The function '{name}' must approve this and could not run; try again later.");
}
