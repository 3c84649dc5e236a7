using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>How the users are named who stand for people of a service.</summary>
public static class ServiceUsers
{
    public static string NameOf(string service, string personId) => $"{service}:{personId}";

    /// <summary>What the service calls the person behind a user of that name; null when the user is none of its people.</summary>
    public static string? PersonOf(string service, string username) =>
        username.StartsWith(service + ":", StringComparison.Ordinal) ? username[(service.Length + 1)..] : null;

    internal static string DisplayNameOf(Person who)
    {
        var name = $"{who.Firstname} {who.Lastname}".Trim();
        var shown = name.Length > 0 ? name : who.Username ?? who.Id;
        return shown.Length > TextLimits.DisplayName ? shown[..TextLimits.DisplayName] : shown;
    }
}
