using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Users;

public static class UserErrors
{
    public static readonly Error NotFound = new NotFoundError("user.not_found", "There is no such user.");

    public static readonly Error SecretNotFound = new NotFoundError("user.secret_not_found", "The user has no secret of that name.");

    public static Error NameTaken(string name) => new ValidationError("user.name_taken", "name", $"The name '{name}' is taken.");

    /// <summary>For references in request bodies.</summary>
    public static Error Unknown(string field, string reference) =>
        new ValidationError("user.unknown", field, $"There is no user '{reference}'.");
}
