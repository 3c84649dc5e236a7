namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>The packages cannot be installed. The message tells the application's developers why.</summary>
internal sealed class InstallationException(string message) : Exception(message);
