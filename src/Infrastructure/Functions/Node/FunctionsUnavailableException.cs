namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>Scripts cannot be run on this machine. The message tells who calls a function why.</summary>
internal sealed class FunctionsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
