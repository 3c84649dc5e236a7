using System.Collections.Frozen;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <param name="Path">Below <c>/v1</c>; its parameters are the first arguments.</param>
/// <param name="Query">Query parameters, in the order of the arguments that follow.</param>
internal sealed record ApiMethod(string Method, string Path, string[] Query, bool HasBody);

/// <summary>Methods of the function context: operation ids and their older names (docs/contracts/platform.md#function-context).</summary>
internal static class ApiMethods
{
    private const string Page = "page size sort";
    private const string Cursor = "size start next relation";

    /// <summary>Client, method and older names; the operation; * for a body; query parameters.</summary>
    private static readonly string[] Table =
    [
        "Application retrieveAuthenticatedApplication,getApplication|GET /application",
        "Application retrieveAuthenticatedApplicationSettings,getApplicationSettings|GET /application/settings",
        "Application updateAuthenticatedApplicationSettings,updateApplicationSettings|PUT /application/settings *",
        "Analytics exportMessageAnalytics|POST /analytics/messages",
        "Analytics exportUserAnalytics|POST /analytics/users",
        "Channels listChannels,getChannels|GET /channels " + Page + " type members startTime endTime properties",
        "Channels createChannel|POST /channels *",
        "Channels retrieveChannel,getChannel|GET /channels/{id}",
        "Channels deleteChannel|DELETE /channels/{id}",
        "Channels updateChannel|PATCH /channels/{id} *",
        "Channels sendChannelEvent,createChannelEvent|POST /channels/{id}/events *",
        "Channels listChannelInvites,getChannelInvites|GET /channels/{id}/invites " + Page,
        "Channels sendChannelInvite,createChannelInvite|POST /channels/{id}/invites *",
        "Channels sendChannelKeystrokes,createChannelKeystrokes|POST /channels/{id}/keystrokes *",
        "Channels listChannelMembers,getChannelMembers|GET /channels/{id}/members " + Page,
        "Channels addChannelMember,createChannelMember|POST /channels/{id}/members *",
        "Channels removeChannelMember,deleteChannelMember|DELETE /channels/{id}/members/{user_id}",
        "Channels listChannelMemberships,getChannelMemberships|GET /channels/{id}/memberships " + Page,
        "Channels listChannelMessages,getChannelMessages|GET /channels/{id}/messages " + Cursor + " username query",
        "Channels sendChannelMessage,createChannelMessage|POST /channels/{id}/messages *",
        "Channels listChannelModerators,getChannelModerators|GET /channels/{id}/moderators " + Page,
        "Channels addChannelModerator,createChannelModerator|POST /channels/{id}/moderators *",
        "Channels removeChannelModerator,deleteChannelModerator|DELETE /channels/{id}/moderators/{user_id}",
        "Channels listChannelParticipants,getChannelParticipants|GET /channels/{id}/participants " + Page,
        "ChatSessions listChatSessions,getChatSessions|GET /chat-sessions " + Page + " state",
        "FunctionVersions retrieveFunctionVersion|GET /function-versions/{id}",
        "Functions retrieveFunction|GET /functions/{id}",
        "Functions retrieveFunctionCurrentVersion|GET /functions/{id}/current-version",
        "Functions listFunctionInvocations|GET /functions/{id}/invocations " + Page,
        "Functions listFunctionVersions|GET /functions/{id}/versions " + Page,
        "Functions createFunctionVersion|POST /functions/{id}/versions *",
        "Jobs listJobs,getJobs|GET /jobs " + Page + " running",
        "Jobs retrieveJob,getJob|GET /jobs/{id}",
        "Messages listMessages,getMessages|GET /messages " + Cursor + " username query",
        "Messages deleteMessages|DELETE /messages",
        "Messages retrieveMessage,getMessage|GET /messages/{id}",
        "Messages deleteMessage|DELETE /messages/{id}",
        "Messages updateMessage|PATCH /messages/{id} *",
        "Messages listMessageReadReceipts,getMessageReadReceipts|GET /messages/{id}/read-receipts " + Page,
        "Runtime retrieveNodejsRuntime|GET /runtimes/nodejs",
        "Runtime listNodejsRuntimeFunctions|GET /runtimes/nodejs/functions " + Page,
        "Runtime createNodejsRuntimeFunction|POST /runtimes/nodejs/functions *",
        "Runtime updateNodejsRuntimeDependencies|PUT /runtimes/nodejs/dependencies *",
        "Runtime updateNodejsRuntimeEnvironmentVariables|PUT /runtimes/nodejs/environment-variables *",
        "Runtime updateNodejsRuntimeInitializationScript|PUT /runtimes/nodejs/initialization-script *",
        "Threads retrieveThread,getThread|GET /threads/{id}",
        "Threads sendThreadKeystrokes,createThreadKeystrokes|POST /threads/{id}/keystrokes *",
        "Threads listThreadMessages,getThreadMessages|GET /threads/{id}/messages " + Cursor,
        "Threads sendThreadMessage,createThreadMessage|POST /threads/{id}/messages *",
        "UserSessions listUserSessions,getUserSessions|GET /user-sessions " + Page + " state",
        "Users listUsers,getUsers|GET /users " + Page + " name properties",
        "Users checkUserExists,getUserExists|HEAD /users name",
        "Users createUser|POST /users *",
        "Users retrieveUser,getUser|GET /users/{id}",
        "Users deleteUser|DELETE /users/{id}",
        "Users updateUser|PATCH /users/{id} *",
        "Users listUserChannels,getUserChannels|GET /users/{id}/channels " + Page,
        "Users updateUserDisplayPicture,createUserDisplayPicture|POST /users/{id}/display-picture *",
        "Users listUserMessages,getUserMessages|GET /users/{id}/messages " + Cursor + " unread",
        "Users listUserNotifications,getUserNotifications|GET /users/{id}/notifications " + Cursor,
        "Users removeUserSecret,deleteUserSecret|DELETE /users/{id}/secrets/{name}",
        "Users retrieveUserSecret,getUserSecret|GET /users/{id}/secrets/{name}",
        "Users setUserSecret,updateUserSecret|PUT /users/{id}/secrets/{name} *",
    ];

    private static readonly FrozenDictionary<string, ApiMethod> Known = Table.SelectMany(Read).ToFrozenDictionary();

    /// <returns>Null when there is no such operation.</returns>
    public static ApiMethod? Find(string api, string method) => Known.GetValueOrDefault($"{api}.{method}");

    /// <summary>By name, such as <c>Users.createUser</c>.</summary>
    public static IReadOnlyDictionary<string, ApiMethod> All => Known;

    private static IEnumerable<KeyValuePair<string, ApiMethod>> Read(string row)
    {
        var sides = row.Split('|');
        var (client, names) = (sides[0].Split(' ')[0], sides[0].Split(' ')[1].Split(','));
        var words = sides[1].Split(' ');
        var hasBody = words.Contains("*");
        var method = new ApiMethod(words[0], words[1], hasBody ? [] : words[2..], hasBody);
        return names.Select(name => KeyValuePair.Create($"{client}.{name}", method));
    }
}
