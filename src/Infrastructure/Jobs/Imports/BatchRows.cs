using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.ChatConnectors;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>The rows of one batch. They are made by the domain's own entities, as any other request would make them.</summary>
internal sealed class BatchRows(long applicationId, JobType type, ImportIds ids)
{
    private readonly List<User> _users = [];
    private readonly List<Channel> _channels = [];
    private readonly List<ReplyThread> _threads = [];
    private readonly List<ChannelMember> _members = [];
    private readonly List<BlacklistEntry> _blacklist = [];
    private readonly List<Message> _messages = [];
    private readonly List<MessageVersion> _versions = [];
    private readonly List<ImportKey> _keys = [];
    private readonly List<LoggedEvent> _events = [];

    public void Add(User user)
    {
        ids.AssignId(user);
        _users.Add(user);
    }

    /// <summary>Adds a channel and its threads, without members.</summary>
    public void Add(Channel channel)
    {
        ids.AssignId(channel);
        _channels.Add(channel);
        foreach (var thread in channel.Threads)
        {
            ids.AssignId(thread);
            _threads.Add(thread);
        }
    }

    /// <summary>Adds a STANDALONE thread and the key that messages refer to.</summary>
    public void Add(ReplyThread thread, string key)
    {
        ids.AssignId(thread);
        _threads.Add(thread);
        _keys.Add(ImportKey.Create(applicationId, JobType.MessageImport, key, thread.Id, 0));
    }

    public void Add(ChannelMember member) => _members.Add(member);

    public void Add(BlacklistEntry entry) => _blacklist.Add(entry);

    /// <param name="editedTime">When an imported message was last edited; null if never.</param>
    public void Add(Message message, DateTime? editedTime = null)
    {
        ids.AssignId(message);
        _messages.Add(message);
        if (editedTime is { } edited)
        {
            message.RecordEdit(new(edited));
            _versions.AddRange(message.Versions);
        }
    }

    public ImportedKey AddKey<T>(ImportItem<T> item, long targetId)
        where T : class
    {
        if (item.Key is not null)
        {
            _keys.Add(ImportKey.Create(applicationId, type, item.Key, targetId, item.Content));
        }

        return new ImportedKey(targetId, item.Content);
    }

    /// <summary>Moves the aggregate's events here, now that its ids are assigned.</summary>
    public void AddEvents(AggregateRoot aggregate)
    {
        _events.AddRange(aggregate.DomainEvents.Select(domainEvent => LoggedEvent.Of(applicationId, domainEvent)));
        aggregate.ClearDomainEvents();
    }

    public void AddEvent(DomainEvent domainEvent) => _events.Add(LoggedEvent.Of(applicationId, domainEvent));

    /// <param name="prefix">Of the table names; empty for the real tables.</param>
    public async Task WriteAsync(NpgsqlConnection connection, BulkTables tables, string prefix, CancellationToken cancellationToken)
    {
        await WriteAsync(tables.Users, _users);
        await WriteAsync(tables.Channels, _channels);
        await WriteAsync(tables.Threads, _threads);
        await WriteAsync(tables.Members, _members);
        await WriteAsync(tables.Blacklist, _blacklist);
        await WriteAsync(tables.Messages, _messages);
        await WriteAsync(tables.Versions, _versions);
        await WriteAsync(tables.Keys, _keys);
        await WriteAsync(tables.Events, _events);
        if (prefix.Length == 0)
        {
            await BulkChatMembershipSync.SyncAsync(
                connection, applicationId, [.. _members.Select(member => member.Channel.Id).Distinct()], cancellationToken);
        }

        Task WriteAsync<T>(BulkTable<T> table, List<T> rows)
            where T : class => table.CopyAsync(connection, prefix + table.Name, rows, cancellationToken);
    }
}
