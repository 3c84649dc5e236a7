using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Applications;

public static class ApplicationErrors
{
    public static readonly Error InvalidClient =
        new UnauthenticatedError("oauth.invalid_client", "The client is unknown or its secret is wrong.");

    public static readonly Error Unauthenticated = new UnauthenticatedError("request.unauthenticated", "Valid credentials are required.");

    public static readonly Error Forbidden = new ForbiddenError("request.forbidden", "The caller may not do this.");

    public static readonly Error NotFound = new NotFoundError("application.not_found", "There is no such application.");

    public static Error InvalidScope(string scope) =>
        new ValidationError("oauth.invalid_scope", "scope", $"The scope '{scope}' is malformed or not granted to the client.");
}
