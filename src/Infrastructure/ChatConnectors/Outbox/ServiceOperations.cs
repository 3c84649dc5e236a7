using System.Text.Json;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

internal static class ServiceOperations
{
    private const int MaxDeleted = 100;

    public static IEnumerable<ServiceOperation> For(ChatOutboxEvent chatEvent, int maxText) => chatEvent.Type switch
    {
        "chat.renamed" => [new ServiceOperation.Rename(Payload(chatEvent, "title")!)],
        "chat.description_changed" => [new ServiceOperation.SetDescription(Payload(chatEvent, "description"))],
        "chat.participant_left" => ExternalUsers.ExternalIdOf(chatEvent.Service, chatEvent.LeftUser ?? "") is { } userId
            ? [new ServiceOperation.RemoveUser(userId)]
            : [],
        "chat.invitation_requested" => [chatEvent.Payload.Deserialize<ServiceOperation.CreateInvitation>(JsonSerializerOptions.Web)!],
        "chat.invitation_revoked" => [new ServiceOperation.RevokeInvitation(Payload(chatEvent, "link")!)],
        "chat.message_pinned" => [new ServiceOperation.PinMessage()],
        "message.sent" => Split(TextOf(chatEvent), maxText).Select(text => new ServiceOperation.SendMessage(text)),
        "message.deleted" => chatEvent.Payload.GetProperty("externalIds").Deserialize<string[]>()!.Chunk(MaxDeleted)
            .Select(ids => new ServiceOperation.DeleteMessages(ids, Payload(chatEvent, "chatExternalId"))),
        "message.edited" => Edits([.. Split(TextOf(chatEvent), maxText)]),
        _ => [],
    };

    private static string? Payload(ChatOutboxEvent chatEvent, string property) =>
        chatEvent.Payload.TryGetProperty(property, out var value) ? value.GetString() : null;

    /// <summary>One bot writes for all users, so each message starts with the name of its writer.</summary>
    private static string TextOf(ChatOutboxEvent chatEvent)
    {
        var text = chatEvent.Body ?? $"{chatEvent.FileName} {chatEvent.FileUrl}".Trim();
        return chatEvent.Writer is null ? text : $"{chatEvent.Writer}: {text}";
    }

    private static IEnumerable<string> Split(string text, int max)
    {
        while (text.Length > max)
        {
            var part = StorableText.Truncate(text, max);
            yield return part;
            text = text[part.Length..];
        }

        yield return text;
    }

    private static IEnumerable<ServiceOperation> Edits(string[] parts) => parts.Select(
        (text, part) => new ServiceOperation.EditMessage(text, Part: part, IsLast: part == parts.Length - 1));
}
