using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Application.Messages;

/// <summary>The target of a message, and what decides whether it is accepted and broadcast.</summary>
internal sealed record SendContext
{
    public required Channel Channel { get; init; }

    public required long ThreadId { get; init; }

    public required long? ParentId { get; init; }

    public required int NestedLevel { get; init; }

    public User? User { get; init; }

    public bool IsOnline { get; init; }

    public bool IsMember { get; init; }

    public bool IsBlacklisted { get; init; }

    /// <summary>Whether blocking functions decide on messages of the user.</summary>
    public bool NeedsDecision { get; init; }
}

internal static class SendContextQueries
{
    /// <summary>Loads the context in one statement. No row if the target does not exist; no user if the sender does not.</summary>
    public static IQueryable<SendContext> Find(IChatDbContext db, MessageTarget target, UserReference? sender)
    {
        var positions = FindPositions(db, target);
        if (sender is null)
        {
            return from position in positions
                   from channel in db.Channels.Where(channel => channel.Id == position.ChannelId)
                   select new SendContext
                   {
                       Channel = channel,
                       ThreadId = position.ThreadId,
                       ParentId = position.ParentId,
                       NestedLevel = position.NestedLevel,
                   };
        }

        var senders = db.Users.ByReference(sender);
        var blocking = FunctionHooks.EnabledFunctions(db, FunctionTypes.SendMessage);
        return from position in positions
               from channel in db.Channels.Where(channel => channel.Id == position.ChannelId)
               from user in senders.DefaultIfEmpty()
               select new SendContext
               {
                   Channel = channel,
                   ThreadId = position.ThreadId,
                   ParentId = position.ParentId,
                   NestedLevel = position.NestedLevel,
                   User = user,
                   IsOnline = db.UserSessions.Any(session => session.UserId == user!.Id && session.EndTime == null),
                   IsMember = db.ChannelMembers.Any(member => member.ChannelId == channel.Id && member.UserId == user!.Id),
                   IsBlacklisted = db.Blacklist.Any(entry => entry.ChannelId == channel.Id && entry.UserId == user!.Id),
                   NeedsDecision = blocking.Any(),
               };
    }

    // The id is that of a thread or of a message. They share one sequence, so at most one of the two is found.
    private static IQueryable<Position> FindPositions(IChatDbContext db, MessageTarget target) => target.ChannelId is { } channelId
        ? db.Threads.Where(thread => thread.ChannelId == channelId && thread.Type == ThreadType.Main)
            .Select(thread => new Position { ChannelId = thread.ChannelId, ThreadId = thread.Id, ParentId = null, NestedLevel = 0 })
        : db.Threads.Where(thread => thread.Id == target.ThreadId)
            .Select(thread => new Position { ChannelId = thread.ChannelId, ThreadId = thread.Id, ParentId = null, NestedLevel = 0 })
            .Concat(db.Messages.Where(message => message.Id == target.ThreadId).Select(message => new Position
            {
                ChannelId = message.ChannelId,
                ThreadId = message.ThreadId,
                ParentId = message.Id,
                NestedLevel = message.NestedLevel + 1,
            }));

    private sealed class Position
    {
        public long ChannelId { get; init; }

        public long ThreadId { get; init; }

        public long? ParentId { get; init; }

        public int NestedLevel { get; init; }
    }
}
