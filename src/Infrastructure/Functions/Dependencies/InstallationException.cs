namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>The packages cannot be installed. The message is for the application's developers.</summary>
internal sealed class InstallationException(string message) : Exception(message);
