namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>Scripts cannot run on this server. The message gives the reason to the caller of a function.</summary>
internal sealed class FunctionsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
