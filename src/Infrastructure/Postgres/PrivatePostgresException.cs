namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The private PostgreSQL cannot run here. The message tells who starts the server what failed and what to do.</summary>
public sealed class PrivatePostgresException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal const string Hint = "Set ConnectionStrings:ChatPlatform to use a PostgreSQL of your own instead.";
}
