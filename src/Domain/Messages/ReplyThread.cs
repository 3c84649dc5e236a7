using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

public enum ThreadType
{
    Main = 0,
    Standalone = 1,

    /// <summary>The replies to one message; has that message's id and no row.</summary>
    Message = 2,
}

/// <summary>Threads and messages share one id sequence: an id identifies either a thread or a message.</summary>
public sealed class ReplyThread : ITenantOwned
{
    private ReplyThread() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long ChannelId { get; private set; }

    public Channel Channel { get; private set; } = null!;

    public ThreadType Type { get; private set; }

    public string? Name { get; private set; }

    public string Properties { get; private set; } = "{}";

    public DateTime CreatedTime { get; private set; }

    internal static ReplyThread Main(Channel channel, DateTime now) => new()
    {
        ApplicationId = channel.ApplicationId,
        Channel = channel,
        Type = ThreadType.Main,
        CreatedTime = now,
    };

    internal static ReplyThread Standalone(Channel channel, string name, string? properties, DateTime now) => new()
    {
        ApplicationId = channel.ApplicationId,
        Channel = channel,
        ChannelId = channel.Id,
        Type = ThreadType.Standalone,
        Name = name,
        Properties = properties ?? "{}",
        CreatedTime = now,
    };
}
