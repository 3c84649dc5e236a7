using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>The position of a message that others reply to.</summary>
internal sealed record ReplyParent(long ChannelId, long Id, long ThreadId, int NestedLevel)
{
    public ThreadPosition ReplyPosition => new(ThreadId, Id, NestedLevel + 1);
}

/// <summary>What the messages of a batch refer to, including what the batch itself adds.</summary>
internal sealed class MessageLookup
{
    private readonly Dictionary<string, ReplyParent> _parents = [];
    private readonly HashSet<string> _deferred = [];
    private Dictionary<string, ImportedKey> _known = [];
    private Dictionary<long, Channel> _channelsById = [];
    private Dictionary<string, Channel> _channelsByName = [];
    private Dictionary<string, Channel> _channelsByKey = [];
    private Dictionary<long, long> _mainThreads = [];
    private Dictionary<string, (long Channel, long Id)> _threads = [];
    private HashSet<(long Channel, long User)> _members = [];
    private HashSet<(long Channel, long User)> _blacklisted = [];

    private readonly UserDirectory _users;

    private MessageLookup(UserDirectory users) => _users = users;

    public IEnumerable<Channel> Channels => _channelsById.Values;

    public static async Task<MessageLookup> ReadAsync(
        ImportContext context, ImportBatch<MessageItem> batch, CancellationToken cancellationToken)
    {
        var values = batch.Items.Select(item => item.Value).OfType<MessageItem>().ToList();
        var lookup = new MessageLookup(await UserDirectory.ReadAsync(
            context,
            values.Select(item => item.User).OfType<string>(),
            values.Select(item => item.UserKey).OfType<string>(),
            cancellationToken));
        await lookup.ReadChannelsAsync(context, values, cancellationToken);
        await lookup.ReadThreadsAsync(context, values, cancellationToken);
        await lookup.ReadPairsAsync(context, values, cancellationToken);
        await lookup.ReadKeysAsync(context, batch, values, cancellationToken);
        return lookup;
    }

    public Channel? Channel(MessageItem item) => item switch
    {
        { ChannelId: { } id } => _channelsById.GetValueOrDefault(id),
        { Channel: { } name } => _channelsByName.GetValueOrDefault(name),
        _ => _channelsByKey.GetValueOrDefault(item.ChannelKey!),
    };

    public User? Sender(MessageItem item) => _users.ByName(item.User) ?? _users.ByKey(item.UserKey);

    public long MainThread(Channel channel) => _mainThreads[channel.Id];

    /// <returns>Null if the channel has no STANDALONE thread with this key.</returns>
    public long? Thread(Channel channel, string key) =>
        _threads.TryGetValue(key, out var thread) && thread.Channel == channel.Id ? thread.Id : null;

    /// <summary>Whether a message with this key was imported or is deferred.</summary>
    public bool IsKnown(string key) => _known.ContainsKey(key) || _deferred.Contains(key);

    /// <summary>The target of a known key; the default while its message is deferred.</summary>
    public ImportedKey ImportedKeyOf(string key) => _known.GetValueOrDefault(key);

    /// <summary>Whether a message with this key was imported and deleted again.</summary>
    public bool IsDeleted(string key) => _known.ContainsKey(key) && !_parents.ContainsKey(key);

    public ReplyParent? Parent(string key) => _parents.GetValueOrDefault(key);

    public bool IsBlacklisted(Channel channel, User? user) => user is not null && _blacklisted.Contains((channel.Id, user.Id));

    /// <summary>Makes the sender a member where sending joins the channel.</summary>
    /// <returns>Null if the user may send.</returns>
    public Error? JoinBySending(Channel channel, User user, DateTime time)
    {
        var admitted = channel.JoinBySending(user, _members.Contains((channel.Id, user.Id)), time);
        if (admitted.IsSuccess)
        {
            _members.Add((channel.Id, user.Id));
        }

        return admitted.Error;
    }

    public void Add(string? key, ImportedKey known, Message message)
    {
        if (key is not null)
        {
            _known[key] = known;
            _parents[key] = new ReplyParent(message.ChannelId, message.Id, message.ThreadId, message.NestedLevel);
        }
    }

    public void Defer(string? key)
    {
        if (key is not null)
        {
            _deferred.Add(key);
        }
    }

    private async Task ReadChannelsAsync(ImportContext context, List<MessageItem> values, CancellationToken cancellationToken)
    {
        var keys = await context.FindKeysAsync(
            JobType.ChannelImport, values.Select(item => item.ChannelKey).OfType<string>(), cancellationToken);
        var ids = values.Select(item => item.ChannelId).OfType<long>()
            .Concat(keys.Values.Select(known => known.Target)).Distinct().ToArray();
        var names = values.Select(item => item.Channel).OfType<string>().Distinct().ToArray();
        var byId = ids.Length == 0 ? [] : await context.FindChannelsAsync("id = any ({1})", ids, cancellationToken);
        var byName = names.Length == 0 ? [] : await context.FindChannelsAsync("name = any ({1})", names, cancellationToken);
        _channelsById = byId.Concat(byName).DistinctBy(channel => channel.Id).ToDictionary(channel => channel.Id);
        _channelsByName = byName.ToDictionary(channel => channel.Name!, channel => _channelsById[channel.Id]);
        _channelsByKey = keys.Where(pair => _channelsById.ContainsKey(pair.Value.Target))
            .ToDictionary(pair => pair.Key, pair => _channelsById[pair.Value.Target]);
        var threads = await context.QueryAsync(
            "select channel_id, id from threads where application_id = $1 and channel_id = any ($2) and type = 0",
            row => (Channel: row.GetInt64(0), Thread: row.GetInt64(1)),
            cancellationToken,
            context.Job.ApplicationId,
            _channelsById.Keys.ToArray());
        _mainThreads = threads.ToDictionary(row => row.Channel, row => row.Thread);
    }

    private async Task ReadThreadsAsync(ImportContext context, List<MessageItem> values, CancellationToken cancellationToken)
    {
        var keys = values.Select(item => item.Thread).OfType<string>().ToHashSet();
        if (keys.Count == 0)
        {
            return;
        }

        var known = await context.FindKeysAsync(JobType.MessageImport, keys, cancellationToken);
        var found = await context.QueryAsync(
            context.Select("channel_id, id", "threads", "application_id = $1 and id = any ($2) and type = 1"),
            row => (Channel: row.GetInt64(0), Id: row.GetInt64(1)),
            cancellationToken,
            context.Job.ApplicationId,
            known.Values.Select(thread => thread.Target).ToArray());
        var byId = found.ToDictionary(thread => thread.Id);
        _threads = known.Where(pair => byId.ContainsKey(pair.Value.Target)).ToDictionary(pair => pair.Key, pair => byId[pair.Value.Target]);
    }

    private async Task ReadPairsAsync(ImportContext context, List<MessageItem> values, CancellationToken cancellationToken)
    {
        var pairs = new HashSet<(long, long)>();
        foreach (var item in values)
        {
            if (Sender(item) is { } user && Channel(item) is { } channel)
            {
                pairs.Add((channel.Id, user.Id));
            }
        }

        _members = await context.FindPairsAsync("channel_members", pairs, cancellationToken);
        _blacklisted = await context.FindPairsAsync("channel_blacklist", pairs, cancellationToken);
    }

    private async Task ReadKeysAsync(
        ImportContext context, ImportBatch<MessageItem> batch, List<MessageItem> values, CancellationToken cancellationToken)
    {
        var replies = values.Select(item => item.ReplyTo).OfType<string>().ToHashSet();
        _known = await context.FindKeysAsync(JobType.MessageImport, batch.Keys.Concat(replies), cancellationToken);
        var targets = _known.Where(pair => replies.Contains(pair.Key)).ToList();
        var found = targets.Count == 0 ? [] : await context.QueryAsync(
            context.Select("id, channel_id, thread_id, nested_level", "messages", "application_id = $1 and id = any ($2)"),
            row => new ReplyParent(row.GetInt64(1), row.GetInt64(0), row.GetInt64(2), row.GetInt32(3)),
            cancellationToken,
            context.Job.ApplicationId,
            targets.Select(pair => pair.Value.Target).ToArray());
        var byId = found.ToDictionary(parent => parent.Id);
        foreach (var (key, known) in targets)
        {
            if (byId.TryGetValue(known.Target, out var parent))
            {
                _parents[key] = parent;
            }
        }

        if (batch.AllowsDeferral && context.HasDeferred)
        {
            _deferred.UnionWith(await DeferredReplies.FindKeysAsync(context, [.. batch.Keys], cancellationToken));
        }
    }
}
