namespace ChatPlatform.Infrastructure.Packages;

/// <summary>A pinned package cannot be had. The message says which and why.</summary>
internal sealed class PackageException(string message, Exception? inner = null) : Exception(message, inner);
