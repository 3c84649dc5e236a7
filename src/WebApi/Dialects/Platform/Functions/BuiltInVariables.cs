using System.Globalization;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>The variables that every function has and nobody can set (platform contract, ruling 11).</summary>
internal static class BuiltInVariables
{
    private const string Prefix = "CHATKITTY_";

    /// <summary>Secrets are kept as hashes, so there is none to give. Handlers need none: their context is the application's.</summary>
    private const string Masked = "********";

    public static IReadOnlyDictionary<string, string> Of(long applicationId, string key, string baseUrl) => new Dictionary<string, string>
    {
        [Prefix + "CLIENT_ID"] = key,
        [Prefix + "CLIENT_SECRET"] = Masked,
        [Prefix + "APPLICATION_ID"] = applicationId.ToString(CultureInfo.InvariantCulture),
        [Prefix + "CHAT_SERVICE_BASE_URL"] = baseUrl,
        [Prefix + "AUTHORIZATION_SERVICE_BASE_URL"] = baseUrl,
    };

    public static Error? Validate(IEnumerable<string> names)
    {
        var taken = names.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).Take(1).ToList();
        return taken.Count == 0 ? null : CommonErrors.Invalid(Prefix + "*", "are the server's own and cannot be set");
    }
}
