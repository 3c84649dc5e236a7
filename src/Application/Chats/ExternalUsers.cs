using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>How the users are named who stand for people of a service.</summary>
public static class ExternalUsers
{
    public static string NameOf(string service, string externalId) => $"{service}:{externalId}";

    /// <summary>What the service calls the person behind a user of that name; null when the user is none of its people.</summary>
    public static string? ExternalIdOf(string service, string username) =>
        username.StartsWith(service + ":", StringComparison.Ordinal) ? username[(service.Length + 1)..] : null;

    internal static string DisplayNameOf(ExternalUser external)
    {
        var name = $"{external.Firstname} {external.Lastname}".Trim();
        var shown = name.Length > 0 ? name : external.Username ?? external.Id;
        return shown.Length > TextLimits.DisplayName ? shown[..TextLimits.DisplayName] : shown;
    }
}
