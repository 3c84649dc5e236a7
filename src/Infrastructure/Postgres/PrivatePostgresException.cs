namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The private PostgreSQL cannot run. The message tells the administrator why and what to do.</summary>
public sealed class PrivatePostgresException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal const string Hint = "Set ConnectionStrings:ChatPlatform to use your own PostgreSQL instead.";
}
