namespace ChatPlatform.WebApi.Hosting.Authentication;

public static class Schemes
{
    /// <summary>Forwards to the scheme that the dialect of the endpoint names.</summary>
    public const string ByDialect = "ByDialect";

    /// <summary><c>Authorization: Bearer</c> with a token of the client credentials grant.</summary>
    public const string Bearer = "Bearer";

    /// <summary><see cref="Bearer"/>, or the developer key of a client in <c>X-Api-Key</c>.</summary>
    public const string BearerOrDeveloperKey = "BearerOrDeveloperKey";

    /// <summary>The login token of a user in <c>X-Auth-Token</c>, with the same user's id in <c>X-User-Id</c>.</summary>
    public const string Login = "Login";
}

public static class CallerClaims
{
    public const string Application = "application";
    public const string Client = "client";
    public const string User = "user";
    public const string Scope = "scope";
    public const string Role = "role";
}
