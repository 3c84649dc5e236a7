namespace ChatPlatform.Domain.Functions;

/// <summary>The events that functions run for (docs/contracts/platform.md#function-events).</summary>
public static class FunctionTypes
{
    /// <summary>Runs before a session starts; may deny it.</summary>
    public const string StartSession = "user.attempted.start_session";

    /// <summary>Runs before a user's message is stored; may deny or change it.</summary>
    public const string SendMessage = "user.attempted.send_message";

    public const string ReceivedNotification = "user.received.notification";
    public const string SentMessage = "user.sent.message";
    public const string StartedChatSession = "user.started.chat_session";
    public const string ReactedToMessage = "user.reacted_to.message";
    public const string ReadMessage = "user.read.message";
    public const string ReceivedChannelInvite = "user.received.channel_invite";
    public const string UserTriggeredEvent = "user.triggered.event";
    public const string SystemTriggeredEvent = "system.triggered.event";

    /// <summary>All types that a function may have. There are no calls here: functions for call events are stored and never run.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        StartSession, SendMessage, ReceivedNotification, SentMessage, StartedChatSession, ReactedToMessage, ReadMessage,
        ReceivedChannelInvite, UserTriggeredEvent, SystemTriggeredEvent, "user.started.call", "call.active", "call.ended",
        "user.accepted.call_invite", "user.declined.call_invite", "call_participant.joined.call", "call_participant.left.call",
        "user.sent.call_invite",
    ];

    /// <summary>Whether the operation waits for the function's result.</summary>
    public static bool IsBlocking(string type) => type is StartSession or SendMessage;
}
