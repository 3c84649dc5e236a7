using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.WebApi.Dialects.Platform.Sessions;

internal static class StateFilter
{
    /// <returns>True for open sessions, false for ended ones, null for all.</returns>
    public static Result<bool?> Parse(string? state)
    {
        if (string.IsNullOrEmpty(state))
        {
            return (bool?)null;
        }

        return WireEnum.TryParse<SessionState>(state, out var wanted)
            ? wanted is SessionState.Active
            : CommonErrors.Invalid("state", WireEnum.Expected<SessionState>());
    }
}
