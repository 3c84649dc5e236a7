using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

internal sealed class BulkTables(IModel model)
{
    public BulkTable<User> Users { get; } = new(model);

    public BulkTable<Channel> Channels { get; } = new(model);

    public BulkTable<ReplyThread> Threads { get; } = new(model);

    public BulkTable<ChannelMember> Members { get; } = new(model);

    public BulkTable<BlacklistEntry> Blacklist { get; } = new(model);

    public BulkTable<MessageVersion> Versions { get; } = new(model);

    public BulkTable<Message> Messages { get; } = new(model);

    public BulkTable<ImportKey> Keys { get; } = new(model);

    public BulkTable<LoggedEvent> Events { get; } = new(model);

    public BulkTable<JobItemError> Errors { get; } = new(model);

    public BulkTable<DeferredReply> DeferredReplies { get; } = new(model);
}
