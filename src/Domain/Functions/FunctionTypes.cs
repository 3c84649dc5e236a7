namespace ChatPlatform.Domain.Functions;

/// <summary>What functions can be run for (platform contract, section 1.6).</summary>
public static class FunctionTypes
{
    /// <summary>Before a session starts, which it may deny.</summary>
    public const string StartSession = "user.attempted.start_session";

    /// <summary>Before a user's message is stored, which it may deny or change (ours).</summary>
    public const string SendMessage = "user.attempted.send_message";

    public const string ReceivedNotification = "user.received.notification";
    public const string SentMessage = "user.sent.message";
    public const string StartedChatSession = "user.started.chat_session";
    public const string ReactedToMessage = "user.reacted_to.message";
    public const string ReadMessage = "user.read.message";
    public const string ReceivedChannelInvite = "user.received.channel_invite";
    public const string UserTriggeredEvent = "user.triggered.event";
    public const string SystemTriggeredEvent = "system.triggered.event";

    /// <summary>All that a function may be made for. There are no calls here, so functions for them are kept and never run.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        StartSession, SendMessage, ReceivedNotification, SentMessage, StartedChatSession, ReactedToMessage, ReadMessage,
        ReceivedChannelInvite, UserTriggeredEvent, SystemTriggeredEvent, "user.started.call", "call.active", "call.ended",
        "user.accepted.call_invite", "user.declined.call_invite", "call_participant.joined.call", "call_participant.left.call",
        "user.sent.call_invite",
    ];

    /// <summary>Whether what it is about waits for its end, and depends on it.</summary>
    public static bool IsBlocking(string type) => type is StartSession or SendMessage;
}
