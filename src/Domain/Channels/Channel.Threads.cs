using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Domain.Channels;

public sealed partial class Channel
{
    /// <param name="properties">A JSON object; null for none.</param>
    public ReplyThread CreateThread(string name, string? properties, DateTime now)
    {
        var thread = ReplyThread.Standalone(this, name, properties, now);
        Raise(new ThreadCreated(this, thread));
        return thread;
    }
}
