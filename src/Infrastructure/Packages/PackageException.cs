namespace ChatPlatform.Infrastructure.Packages;

internal sealed class PackageException(string message, Exception? inner = null) : Exception(message, inner);
