using ChatPlatform.Application.Messages;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>The text of a message from this time until the next version.</summary>
public sealed record MessageVersionResource(string Body, DateTime CreatedTime)
{
    public static MessageVersionResource From(MessageVersionView version) => new(version.Body, version.CapturedAt);
}
