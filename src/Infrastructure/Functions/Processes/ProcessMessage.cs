namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>
/// What a process may say, in all its kinds. Scripts may have written it: it can claim nothing but what concerns their own application.
/// </summary>
/// <param name="Id">Of the call; empty outside of any.</param>
/// <param name="Arguments">JSON, as a text.</param>
/// <param name="Json">The result as JSON, as a text.</param>
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
