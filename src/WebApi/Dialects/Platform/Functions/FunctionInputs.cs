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

/// <summary>Events as handlers get them: with the resources of this dialect, in camelCase (platform contract, section 5).</summary>
internal sealed class FunctionInputs(ServerAddress address) : IFunctionInputs
{
    private static readonly RawJson Nothing = new("{}");

    public IReadOnlyDictionary<string, string> Variables(long applicationId, string applicationKey) =>
        BuiltInVariables.Of(applicationId, applicationKey, address.BaseUrl);

    public string SessionAttempt(string username, string? authParams) =>
        Write(new { username, authParams = authParams is null ? Nothing : new RawJson(authParams) });

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

    public string Happening(long applicationId, HappeningView happening)
    {
        var links = LinksOf(applicationId);
        var isOfChannel = happening.Type is FunctionTypes.SentMessage or FunctionTypes.StartedChatSession
            or FunctionTypes.ReceivedChannelInvite or FunctionTypes.UserTriggeredEvent or FunctionTypes.SystemTriggeredEvent;
        var isSession = happening.Type is FunctionTypes.StartedChatSession;
        return Write(new
        {
            user = happening.User is null ? null : UserResource.From(happening.User, links),
            channel = isOfChannel ? ChannelResource.From(happening.Channel!, links) : null,
            message = happening.Message is null ? null : MessageResource.From(happening.Message, links),
            reaction = happening.Reaction is null ? null : ReactionResource.From(happening.Reaction, links),
            receipt = happening.Receipt is null ? null : ReadReceiptResource.From(happening.Receipt, links),
            notification = happening.Notification is null ? null : NotificationResource.From(happening.Notification, links),
            userHasActiveSession = happening.Notification is null ? (bool?)null : happening.User!.Online,
            @event = happening.Event is null ? null : ChannelEventResource.From(happening.Event, links),
            channelUnread = isSession ? happening.ChannelUnread : (bool?)null,
            channelMessagesCount = isSession ? happening.ChannelMessagesCount : (long?)null,
        });
    }

    private Links LinksOf(long applicationId) => new(address.BaseUrl, applicationId);

    private static string Write(object happening) => JsonSerializer.Serialize(happening, PlatformJson.WriteCamelCase);
}
