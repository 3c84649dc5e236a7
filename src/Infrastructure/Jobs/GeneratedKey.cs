using System.Globalization;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>
/// Keys that exports give to rows without an import key (ExportKeys.sql), such as <c>~{global id of the application}/user/7</c>. Imports
/// into another application keep them as they are. In their own application they name the row, so that its own export adds nothing.
/// </summary>
internal static class GeneratedKey
{
    /// <returns>The id that a key of this application names, also if there is no such row any more; null for other keys.</returns>
    public static long? TargetOf(string key, JobType type, Guid application)
    {
        var prefix = $"~{application}/";
        if (!key.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        return key[prefix.Length..].Split('/') is [var kind, var id] && TypeOf(kind) == type
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var target)
            ? target
            : null;
    }

    private static JobType? TypeOf(string kind) => kind switch
    {
        "user" => JobType.UserImport,
        "channel" => JobType.ChannelImport,
        "message" or "thread" => JobType.MessageImport,
        _ => null,
    };
}
