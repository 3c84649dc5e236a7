using System.Text.Json;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Json;
using ChatPlatform.WebApi.Dialects.Platform.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Notifications;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>Events with the resources of this dialect, in camelCase (docs/contracts/platform.md#function-events).</summary>
internal sealed class FunctionInputs(ServerAddress address) : IFunctionInputs
{
    private static readonly RawJson EmptyObject = new("{}");

    public IReadOnlyDictionary<string, string> Variables(long applicationId, string applicationKey) =>
        BuiltInVariables.Of(applicationId, applicationKey, address.BaseUrl);

    public string SessionAttempt(string username, string? authParams) =>
        Write(new { username, authParams = authParams is null ? EmptyObject : new RawJson(authParams) });

    public string MessageAttempt(long applicationId, UserView user, ChannelView channel, MessageDraft draft)
    {
        var links = LinksOf(applicationId);
        var message = new
        {
            type = draft.File is null ? MessageType.Text : MessageType.File,
            draft.Body,
            draft.File,
            draft.GroupTag,
            parentId = draft.ParentId,
            properties = new RawJson(draft.Properties),
        };
        return Write(new { user = UserResource.From(user, links), channel = ChannelResource.From(channel, links), message });
    }

    public string Event(long applicationId, FunctionEventView functionEvent)
    {
        var links = LinksOf(applicationId);
        var isOfChannel = functionEvent.Type is FunctionTypes.SentMessage or FunctionTypes.StartedChatSession
            or FunctionTypes.ReceivedChannelInvite or FunctionTypes.UserTriggeredEvent or FunctionTypes.SystemTriggeredEvent;
        var isSession = functionEvent.Type is FunctionTypes.StartedChatSession;
        return Write(new
        {
            user = functionEvent.User is null ? null : UserResource.From(functionEvent.User, links),
            channel = isOfChannel ? ChannelResource.From(functionEvent.Channel!, links) : null,
            message = functionEvent.Message is null ? null : MessageResource.From(functionEvent.Message, links),
            reaction = functionEvent.Reaction is null ? null : ReactionResource.From(functionEvent.Reaction, links),
            receipt = functionEvent.Receipt is null ? null : ReadReceiptResource.From(functionEvent.Receipt, links),
            notification = functionEvent.Notification is null ? null : NotificationResource.From(functionEvent.Notification, links),
            userHasActiveSession = functionEvent.Notification is null ? (bool?)null : functionEvent.User!.Online,
            @event = functionEvent.Event is null ? null : ChannelEventResource.From(functionEvent.Event, links),
            channelUnread = isSession ? functionEvent.ChannelUnread : (bool?)null,
            channelMessagesCount = isSession ? functionEvent.ChannelMessagesCount : (long?)null,
        });
    }

    private Links LinksOf(long applicationId) => new(address.BaseUrl, applicationId);

    private static string Write(object input) => JsonSerializer.Serialize(input, PlatformJson.WriteCamelCase);
}
