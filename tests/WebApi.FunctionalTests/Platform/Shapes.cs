using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>
/// The members of each resource with their types, and its links with their targets (docs/contracts/platform.md#resource-links). Anything
/// else is a fault.
/// </summary>
internal static partial class Shapes
{
    /// <summary>
    /// Members as <c>name:type</c>; a question mark means optional. Types: s text, l number, b boolean, t time, u URL, o any object of the
    /// application, A|B one of these, the name of another shape; [] means a list.
    /// </summary>
    private static readonly Dictionary<string, string> Members = new()
    {
        ["Root"] = "",
        ["Application"] = "id:l createdTime:t key:s properties:o",
        ["Settings"] = "guestUsers:DISABLED|ENABLED userCreatedChannels:DISABLED|ENABLED features:Features",
        ["Features"] = "guest_users:DISABLED|ENABLED user_created_channels:DISABLED|ENABLED",
        ["User"] = "type:PERSON|BOT id:l name:s displayName:s displayPictureUrl:u isGuest:b presence:Presence callStatus:AVAILABLE|IN_CALL "
            + "properties:o",
        ["Presence"] = "status:s online:b",
        ["Group"] = "type:PUBLIC|PRIVATE id:l createdTime:t name:s displayName:s creator?:User lastReceivedMessage?:Message active:b "
            + "properties:o",
        ["Direct"] = "type:DIRECT id:l createdTime:t creator?:User lastReceivedMessage?:Message members:User[] active:b properties:o",
        ["Membership"] = "createdTime:t",
        ["Invite"] = "createdTime:t",
        ["Event"] = "type:s properties:o",
        ["Keystrokes"] = "keys:s username:s",
        ["Message"] = "type:TEXT|FILE|SYSTEM_TEXT|SYSTEM_FILE id:l channelId:l user?:User body?:s file?:File groupTag?:s createdTime:t "
            + "lastEditedTime?:t nestedLevel:l repliesCount:l properties:o links?:TextLink[] mentions?:Mention[] reactions?:Reaction[] "
            + "reportCount?:l",
        ["File"] = "type:HOSTED|EXTERNAL url:u name:s contentType:s size:l",
        ["TextLink"] = "source:u startPosition:l endPosition:l",
        ["Mention"] = "type:USER|CHANNEL tag:s startPosition:l endPosition:l user?:User channel?:MentionedChannel",
        ["MentionedChannel"] = "type:PUBLIC|PRIVATE id:l createdTime:t name:s displayName:s creator?:User properties:o",
        ["Reaction"] = "emoji:Emoji users:User[] count:l",
        ["Emoji"] = "character:s description:s aliases:s[] tags:s[]",
        ["Version"] = "body:s createdTime:t",
        ["Receipt"] = "createdTime:t user:User",
        ["Count"] = "count:l",
        ["Thread"] = "type:MAIN|MESSAGE|STANDALONE id:l createdTime:t name?:s properties:o",
        ["UserSession"] = "id:l user:User userAgent?:s state:ACTIVE|ENDED createdTime:t endTime?:t",
        ["ChatSession"] = "id:l session:UserSession state:ACTIVE|ENDED createdTime:t endTime?:t",
        ["Job"] = "type:CHANNEL_IMPORT|CHANNEL_MEMBERS_IMPORT|MESSAGE_IMPORT|USER_IMPORT|MESSAGE_ANALYTICS_EXPORT|USER_ANALYTICS_EXPORT|"
            + "APPLICATION_EXPORT|DEPENDENCY_INSTALLATION id:l createdTime:t endedTime?:t state:PENDING|RUNNING|FINISHED|FAILED|CANCELLED "
            + "progress:Progress error?:s file?:u",
        ["Progress"] = "processed:l total?:l succeeded:l skipped:l failed:l bytesRead?:l bytesTotal?:l",
        ["JobError"] = "index:l idempotencyKey?:s reason:s",
        ["Runtime"] = "id:l type:NODEJS version:s dependencies:Dependency[] installation?:Installation initializationScript?:Script "
            + "environmentVariables:o",
        ["Dependency"] = "name:s version:s defaultDependency:b installed?:s",
        ["Installation"] = "state:PENDING|RUNNING|FINISHED|FAILED|CANCELLED error?:s",
        ["Script"] = "script:s",
        ["Function"] = "id:l type:s runtime:FunctionRuntime name:s description?:s enabled:b failOpen?:b currentVersionNumber:l",
        ["FunctionRuntime"] = "id:l type:NODEJS version:s",
        ["FunctionVersion"] = "id:l versionNumber:l handlerScript:s",
        ["Invocation"] = "id:l versionNumber:l args:o status:RUNNING|SUCCEEDED|FAILED result:Returned error?:InvocationError createdTime:t "
            + "endedTime?:t duration?:l",
        ["Returned"] = "payload?:o",
        ["InvocationError"] = "kind:s name:s message:s stack?:s",
        ["Console"] = "lines:ConsoleLine[]",
        ["ConsoleLine"] = "time:t level:s text:s",
        ["TestRun"] = "status:SUCCEEDED|FAILED result:Returned error?:InvocationError lines:ConsoleLine[] duration:l",
        ["DeadLetter"] = "id:l state:DEAD|WAITING args?:o attempts:l error?:InvocationError createdTime:t endedTime?:t",
        ["Replayed"] = "count:l",
        ["Secret"] = "secret:o",
        ["Summary"] = "channel:Group+ user:User+ count:l",
        ["DirectSummary"] = "channel:Direct+ user:User+ count:l",
        ["Notification"] = "id:l title:s body:s channel:Group+ data:NotificationData muted:b createdTime:t readTime?:t",
        ["NotificationData"] = "type:USER:SENT:MESSAGE|SYSTEM:SENT:MESSAGE|USER:MENTIONED:USER|USER:MENTIONED:CHANNEL|"
            + "USER:REPLIED_TO:MESSAGE channelId:l message:Message+ parent?:Message+ mentionedUser?:User+ mentionedChannel?:Group+ "
            + "_relays:Relays",
        ["Relays"] = "message:s",
        ["Pages"] = "size:l totalElements:l totalPages:l number:l",
        ["Cursors"] = "size:l start?:s next?:s",
        ["Indexes"] = "size:l total:l",
    };

    /// <summary>Link targets below the application; braces hold a member of the resource, * is any id. No entry means no links.</summary>
    private static readonly Dictionary<string, string> Links = new()
    {
        ["Root"] = "self=http://localhost/v1 application=",
        ["Application"] = "self=",
        ["User"] = "self=/users/{id} channels=/users/{id}/channels notifications=/users/{id}/notifications "
            + "displayPicture=/users/{id}/display-picture application=",
        ["Group"] = "self=/channels/{id} participants=/channels/{id}/participants messages=/channels/{id}/messages "
            + "events=/channels/{id}/events memberships=/channels/{id}/memberships members=/channels/{id}/members "
            + "moderators=/channels/{id}/moderators thread=/threads/* application=",
        ["Direct"] = "self=/channels/{id} participants=/channels/{id}/participants messages=/channels/{id}/messages "
            + "events=/channels/{id}/events thread=/threads/* application=",
        ["Membership"] = "user=/users/* channel=/channels/* member=/channels/*/members/* application=",
        ["Invite"] = "invitee=/users/* channel=/channels/* application=",
        ["Event"] = "application=",
        ["Keystrokes"] = "user=/users/* thread=/threads/* channel=/channels/* application=",
        ["Message"] = "self=/messages/{id} user=/users/{user.id} channel=/channels/{channelId} thread=/threads/{id} application=",
        ["Receipt"] = "user=/users/{user.id} message=/messages/* application=",
        ["Thread"] = "self=/threads/{id} channel=/channels/* application=",
        ["UserSession"] = "user=/users/{user.id} application=",
        ["ChatSession"] = "session=/user-sessions/{session.id} channel=/channels/* application=",
        ["Notification"] = "recipient=/users/* application=",
        ["Job"] = "self=/jobs/{id} application= errors=/jobs/{id}/errors",
        ["Runtime"] = "self=/runtimes/nodejs dependencies=/runtimes/nodejs/dependencies "
            + "initializationScript=/runtimes/nodejs/initialization-script functions=/runtimes/nodejs/functions installation=/jobs/* "
            + "application=",
        ["Function"] = "self=/functions/{id} versions=/functions/{id}/versions invocations=/functions/{id}/invocations "
            + "currentVersion=/functions/{id}/current-version deadLetters=/functions/{id}/dead-letters application=",
        ["FunctionVersion"] = "self=/function-versions/{id} application=",
        ["Invocation"] = "self=/function-invocations/{id} console=/function-invocations/{id}/console function=/functions/* application=",
        ["Console"] = "self=/function-invocations/*/console invocation=/function-invocations/* application=",
        ["TestRun"] = "application=",
        ["DeadLetter"] = "replay=/function-dead-letters/{id}/replay function=/functions/* application=",
    };

    /// <returns>The differences from the shape; empty if there are none.</returns>
    public static IEnumerable<string> Faults(JsonNode? node, string shape, bool snake, string address) =>
        MemberFaults(node, shape, snake).Concat(LinkFaults(node, shape, snake, address)).Select(fault => $"{shape}{fault}");

    public static string Named(string name, bool snake) =>
        snake && name != "isGuest" && name[0] != '_' ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : name;

    private static IEnumerable<string> MemberFaults(JsonNode? node, string shape, bool snake)
    {
        if (node is not JsonObject resource)
        {
            return [$": not an object but {node?.ToJsonString() ?? "nothing"}"];
        }

        var members = Members[shape].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(member => member.Split(':', 2))
            .ToDictionary(parts => Named(parts[0].TrimEnd('?'), snake), parts => (Type: parts[1], IsOptional: parts[0].EndsWith('?')));
        var unknown = resource.Select(member => member.Key).Where(name => name != "_links" && !members.ContainsKey(name))
            .Select(name => $".{name}: is not in the shape");
        return unknown.Concat(members.SelectMany(member => resource[member.Key] is { } value
            ? TypeFaults(value, member.Value.Type, snake).Select(fault => $".{member.Key}{fault}")
            : member.Value.IsOptional ? [] : [$".{member.Key}: is missing"]));
    }

    private static IEnumerable<string> TypeFaults(JsonNode value, string type, bool snake)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return value is JsonArray items ? items.SelectMany(item => TypeFaults(item!, type[..^2], snake)) : [": is not a list"];
        }

        if (Members.ContainsKey(type))
        {
            return value["_links"] is null ? MemberFaults(value, type, snake) : [": has links inside another resource"];
        }

        // Complete resources inside another one keep their links.
        if (type.EndsWith('+'))
        {
            return Faults(value, type[..^1], snake, "");
        }

        var right = (type, value.GetValueKind()) switch
        {
            ("s", JsonValueKind.String) or ("l", JsonValueKind.Number) or ("o", _) => true,
            ("b", JsonValueKind.True or JsonValueKind.False) => true,
            ("t", JsonValueKind.String) => Times().IsMatch((string)value!),
            ("u", JsonValueKind.String) => Uri.TryCreate((string)value!, UriKind.Absolute, out _),
            (_, JsonValueKind.String) => type.Contains('|') ? type.Split('|').Contains((string)value!) : type == (string)value!,
            _ => false,
        };
        return right ? [] : [$": {value.ToJsonString()} is not of {type}"];
    }

    private static IEnumerable<string> LinkFaults(JsonNode? node, string shape, bool snake, string address)
    {
        var found = node?["_links"]?.AsObject().ToDictionary(link => link.Key, link => (string)link.Value!["href"]!) ?? [];
        var expected = Links.GetValueOrDefault(shape, "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(link => link.Split('=', 2))
            .Where(link => !IsOptional(link[0], node))
            .ToDictionary(link => link[0], link => link[1]);
        var names = found.Keys.Order().SequenceEqual(expected.Keys.Order())
            ? []
            : new[] { $"._links: are {string.Join(' ', found.Keys)}, not {string.Join(' ', expected.Keys)}" };
        return names.Concat(found.Where(link => expected.ContainsKey(link.Key) && address.Length > 0
                && !Regex.IsMatch(link.Value, "^" + PatternOf(expected[link.Key], node!, snake, address) + "$"))
            .Select(link => $"._links.{link.Key}: {link.Value} does not lead to {expected[link.Key]}"));
    }

    /// <summary>Absent for system messages (user), jobs other than imports (errors), and a new runtime (installation).</summary>
    private static bool IsOptional(string link, JsonNode? node) => link switch
    {
        "user" when node?["channelId"] is not null || node?["channel_id"] is not null => node["user"] is null,
        "errors" => ((string?)node?["type"])?.EndsWith("IMPORT", StringComparison.Ordinal) == false,
        "installation" => node?["installation"] is null,
        _ => false,
    };

    private static string PatternOf(string path, JsonNode node, bool snake, string address)
    {
        var filled = Variables().Replace(path, match => match.Groups[1].Value.Split('.')
            .Aggregate((JsonNode?)node, (inner, name) => inner?[Named(name, snake)])?.ToJsonString() ?? "nothing");
        var whole = path.StartsWith("http", StringComparison.Ordinal) ? filled : address + filled;
        return Regex.Escape(whole).Replace(@"\*", "[1-9][0-9]*", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$")]
    private static partial Regex Times();

    [GeneratedRegex(@"\{([a-zA-Z.]+)\}")]
    private static partial Regex Variables();
}
