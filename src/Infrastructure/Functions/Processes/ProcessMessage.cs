namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>
/// Union of all messages from a process. A script may have forged it, so it can affect only its own application.
/// </summary>
/// <param name="Id">Id of the call; empty outside calls.</param>
/// <param name="Arguments">JSON.</param>
/// <param name="Json">The result as JSON.</param>
internal sealed record ProcessMessage(
    string? Type,
    string? Id,
    string? RequestId,
    string? Api,
    string? Method,
    string? Arguments,
    string? Level,
    string? Text,
    string? Json,
    string? Kind,
    string? Name,
    string? Message,
    string? Stack);
