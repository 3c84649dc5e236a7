using System.Text.Json.Serialization;
using ChatPlatform.Application.Messages;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>The text that a user is typing; the links name the user and the thread.</summary>
public sealed record KeystrokesResource(
    string Keys, string Username, [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static KeystrokesResource From(KeystrokesView keystrokes, Links links) => new(
        keystrokes.Keys,
        keystrokes.Username,
        new Dictionary<string, Link>
        {
            ["user"] = links.User(keystrokes.UserId),
            ["thread"] = links.Thread(keystrokes.ThreadId),
            ["channel"] = links.Channel(keystrokes.ChannelId),
            ["application"] = links.Application,
        });
}
