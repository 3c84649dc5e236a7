using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Messages;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

internal static class MentionQueries
{
    /// <summary>Finds the mentions of a text: its tags that name an existing user or channel. A text without tags needs no query.</summary>
    public static async Task<MessageMentions?> FindMentionsAsync(this IChatDbContext db, string? text, CancellationToken cancellationToken)
    {
        var tags = MessageText.TagsIn(text);
        var usernames = Names(MentionType.User);
        var channelNames = Names(MentionType.Channel);
        var users = usernames.Length == 0
            ? []
            : await db.Users.NotDeleted().Where(user => usernames.Contains(user.Name))
                .ToDictionaryAsync(user => user.Name, user => user.Id, cancellationToken);
        var channels = channelNames.Length == 0
            ? []
            : await db.Channels.Where(channel => channelNames.Contains(channel.Name))
                .ToDictionaryAsync(channel => channel.Name!, channel => channel.Id, cancellationToken);

        var mentions = tags.SelectMany(tag =>
            (tag.Type is MentionType.User ? users : channels).TryGetValue(tag.Name, out var id)
                ? new[] { new MessageMention(tag.Type, tag.Tag, tag.Start, tag.Start + tag.Tag.Length, id) }
                : []).ToList();
        return mentions.Count == 0 ? null : new MessageMentions(mentions);

        string[] Names(MentionType type) => [.. tags.Where(tag => tag.Type == type).Select(tag => tag.Name).Distinct()];
    }
}
