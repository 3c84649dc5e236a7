using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

/// <summary>What the lists of messages share.</summary>
internal static class MessageLists
{
    /// <summary>Those of one user, who is looked up once for the whole list; all when no name is given.</summary>
    public static IQueryable<Message> SentBy(this IQueryable<Message> messages, string? username, IChatDbContext db) => username is null
        ? messages
        : messages.Where(message => message.UserId == db.Users.Present()
            .Where(user => user.Name == username).Select(user => (long?)user.Id).FirstOrDefault());

    /// <summary>What others see. A sender who asks for their own messages sees those too that were not passed on.</summary>
    public static IQueryable<Message> VisibleTo(this IQueryable<Message> messages, string? username) =>
        username is null ? messages.Where(message => message.Broadcast) : messages;
}
