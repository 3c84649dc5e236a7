using System.Text.Json;
using ChatPlatform.Application.Chats;

namespace ChatPlatform.Infrastructure.ChatServices.Outbox;

/// <summary>What a service is to be told of an event.</summary>
internal static class ServiceCalls
{
    private const int MostDeleted = 100;

    public static IEnumerable<ServiceCall> For(ChatHappening happened, int maxText) => happened.Type switch
    {
        "chat.retitled" => [new ServiceCall.Retitle(Payload(happened, "title")!)],
        "chat.described" => [new ServiceCall.Describe(Payload(happened, "description"))],
        "chat.participant_left" => ServiceUsers.PersonOf(happened.Service, happened.LeftUser ?? "") is { } person
            ? [new ServiceCall.Remove(person)]
            : [],
        "chat.invitation_wanted" => [happened.Payload.Deserialize<ServiceCall.Invite>(JsonSerializerOptions.Web)!],
        "chat.invitation_revoked" => [new ServiceCall.Revoke(Payload(happened, "link")!)],
        "chat.message_pinned" => [new ServiceCall.Pin()],
        "message.sent" => Split(TextOf(happened), maxText).Select(text => new ServiceCall.Say(text)),
        "message.deleted" => happened.Payload.GetProperty("externalIds").Deserialize<string[]>()!.Chunk(MostDeleted)
            .Select(ids => new ServiceCall.Delete(ids)),
        "message.edited" => [new ServiceCall.Change(Cut(TextOf(happened), maxText))],
        _ => [],
    };

    private static string? Payload(ChatHappening happened, string property) =>
        happened.Payload.TryGetProperty(property, out var value) ? value.GetString() : null;

    /// <summary>One speaks there for all who speak here, so each message says whose it is.</summary>
    private static string TextOf(ChatHappening happened)
    {
        var said = happened.Body ?? $"{happened.FileName} {happened.FileUrl}".Trim();
        return happened.Writer is null ? said : $"{happened.Writer}: {said}";
    }

    private static IEnumerable<string> Split(string text, int max)
    {
        while (text.Length > max)
        {
            var end = char.IsHighSurrogate(text[max - 1]) ? max - 1 : max;
            yield return text[..end];
            text = text[end..];
        }

        yield return text;
    }

    private static string Cut(string text, int max) => text.Length <= max ? text : Split(text, max - 1).First() + "…";
}
