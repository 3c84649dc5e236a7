using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>Names of the users that represent users of a service: <c>service:id</c>.</summary>
public static class ExternalUsers
{
    public static string NameOf(string service, string externalId) => $"{service}:{externalId}";

    /// <summary>The service's id of the user with that name; null if the user does not come from the service.</summary>
    public static string? ExternalIdOf(string service, string username) =>
        username.StartsWith(service + ":", StringComparison.Ordinal) ? username[(service.Length + 1)..] : null;

    internal static string DisplayNameOf(ExternalUser external)
    {
        var name = $"{external.Firstname} {external.Lastname}".Trim();
        var shown = name.Length > 0 ? name : external.Username ?? external.Id;
        return StorableText.Truncate(shown, TextLimits.DisplayName);
    }
}
