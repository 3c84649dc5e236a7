using System.Globalization;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>Variables that every function has and that cannot be set (docs/contracts/platform.md#function-runtime).</summary>
internal static class BuiltInVariables
{
    private const string Prefix = "CHATKITTY_";

    /// <summary>Only hashes of secrets are stored. Handlers need no secret: their context acts for the application.</summary>
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
        var reserved = names.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).Take(1).ToList();
        return reserved.Count == 0 ? null : CommonErrors.Invalid(Prefix + "*", "are reserved and cannot be set");
    }
}
