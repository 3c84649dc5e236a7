using ChatPlatform.Application.Messages;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>What a message said from then until the next version.</summary>
public sealed record MessageVersionResource(string Body, DateTime CreatedTime)
{
    public static MessageVersionResource From(MessageVersionView version) => new(version.Body, version.CapturedAt);
}
