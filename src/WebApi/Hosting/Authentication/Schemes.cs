namespace ChatPlatform.WebApi.Hosting.Authentication;

/// <summary>The ways to be somebody here.</summary>
public static class Schemes
{
    /// <summary>Chooses the scheme that the endpoint's dialect names.</summary>
    public const string ByDialect = "ByDialect";

    /// <summary><c>Authorization: Bearer</c> with a token of the client credentials grant.</summary>
    public const string Bearer = "Bearer";

    /// <summary><see cref="Bearer"/>, or a client's developer key in <c>X-Api-Key</c>.</summary>
    public const string BearerOrDeveloperKey = "BearerOrDeveloperKey";

    /// <summary>A user's login token in <c>X-Auth-Token</c>, together with its own user's id in <c>X-User-Id</c>.</summary>
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
