using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Sessions;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Jobs.Imports;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.WebApi.FunctionalTests.Aggregate;

/// <summary>A history with the figures of docs/contracts/aggregate.md#what-the-numbers-mean, in a separate application.</summary>
internal sealed class DocumentedSample(ChatDbContext db)
{
    public const string DeveloperKey = "aggregator-key";

    /// <summary>The periods of the document, Unix seconds.</summary>
    public const long Start = 1_539_939_879;
    public const long End = 1_539_944_558;
    public const long LaterEnd = 1_539_945_364;

    /// <summary>The time of the document's figures.</summary>
    public static readonly DateTime Now = DateTimeOffset.FromUnixTimeSeconds(LaterEnd + 60).UtcDateTime;

    private static readonly DateTime Began = new(2018, 10, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<long, User> _users = [];
    private readonly Dictionary<long, Channel> _channels = [];
    private readonly MessageCounts _counts = new();

    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    public async Task StoreAsync()
    {
        var application = Domain.Applications.Application.Create("aggregator", "Aggregator", Began);
        db.Applications.Add(application);
        await db.SaveChangesAsync();
        db.ApplicationId = application.Id;
        db.Clients.Add(Client.Create(application.Id, "aggregator", "", SecretToken.Hash(DeveloperKey), Scopes.All, Began));
        AddChannel(96, guests: 27);
        AddChannel(104, guests: 5);
        foreach (var id in new long[] { 5_513_252, 8_965_643, 8_965_644, 8_965_645, 8_965_646, 8_965_648 })
        {
            AddUser(id, isGuest: false);
        }

        await db.SaveChangesAsync();
        db.Blacklist.Add(BlacklistEntry.Create(_channels[104], _users[8_965_646], Began));
        await db.SaveChangesAsync();

        await using var transaction = await db.Database.BeginTransactionAsync();

        // Skips the checks of a third of a million foreign keys.
        await db.Database.ExecuteSqlRawAsync("set local session_replication_role = replica");
        await AddConversationsAsync();
        await AddSessionsAsync();
        await transaction.CommitAsync();
    }

    private async Task AddConversationsAsync()
    {
        await AddMessagesAsync(96, 5_513_252, 2, broadcast: 0);
        await AddMessagesAsync(96, 8_965_643, 78_176, broadcast: 2_764);
        await AddMessagesAsync(96, 8_965_644, 57_980, broadcast: 0);
        await AddMessagesAsync(96, 8_965_645, 130_698, broadcast: 0);
        await AddMessagesAsync(104, 8_965_643, 18_228, broadcast: 870);
        await AddMessagesAsync(104, 8_965_646, 4_462, broadcast: 0);
        await AddMessagesAsync(104, 8_965_648, 37_008, broadcast: 0);

        // In the periods: one in the other channel, one after the end of the first period.
        await AddMessagesAsync(104, 8_965_643, 4, broadcast: 0, At(Start + 1), TimeSpan.FromSeconds(10));
        await AddMessagesAsync(96, 8_965_645, 3, broadcast: 0, At(End), TimeSpan.FromSeconds(10));
        await WriteAsync(new BulkTable<LoggedEvent>(db.Model), [.. _counts.Events.Select(e => LoggedEvent.Of(db.ApplicationId, e))]);
    }

    /// <summary>Current visitors, and one visitor of the first period only.</summary>
    private async Task AddSessionsAsync()
    {
        var sessions = new List<UserSession>();
        var chatSessions = new List<ChatSession>();
        for (var visitor = 0; visitor < 695; visitor++)
        {
            AddSession(AddUser(9_000_000 + visitor, isGuest: false), 96, At(LaterEnd + 1));
        }

        foreach (var guest in _channels.Values.SelectMany(channel => channel.Members).Where(member => member.User.IsGuest))
        {
            AddSession(guest.User, guest.Channel.Id, At(LaterEnd + 1));
        }

        AddSession(_users[5_513_252], 96, At(Start + 20));
        chatSessions[^1].End(At(Start + 40));
        sessions[^1].End(At(Start + 40));
        await db.SaveChangesAsync();
        await WriteNumberedAsync(new BulkTable<UserSession>(db.Model), sessions);
        await WriteNumberedAsync(new BulkTable<ChatSession>(db.Model), chatSessions);

        void AddSession(User user, long channelId, DateTime at)
        {
            sessions.Add(UserSession.Start(user, null, at));
            chatSessions.Add(ChatSession.Record(sessions[^1], channelId, at));
        }
    }

    private async Task AddMessagesAsync(
        long channelId, long userId, int count, int broadcast, DateTime? from = null, TimeSpan? interval = null)
    {
        // Within ten days, so that each bucket of 15 minutes has many messages.
        var (start, step) = (from ?? Began, interval ?? TimeSpan.FromDays(10) / count);
        var (channel, user) = (_channels[channelId], _users[userId]);
        var position = new ThreadPosition(channel.Threads.Single().Id);
        var content = new MessageContent("-", null, null, null);
        var messages = Enumerable.Range(0, count)
            .Select(i => Message.Send(channel, user, content, position, i < broadcast, start + (step * i))).ToList();
        messages.ForEach(_counts.Add);
        await WriteNumberedAsync(new BulkTable<Message>(db.Model), messages);
    }

    private User AddUser(long id, bool isGuest)
    {
        var user = User.Create(db.ApplicationId, $"user-{id}", $"User {id}", isGuest, null, Began);
        new BulkTable<User>(db.Model).SetId!(user, id);
        db.Users.Add(user);
        return _users[id] = user;
    }

    private void AddChannel(long id, int guests)
    {
        var channel = Channel.CreateGroup(db.ApplicationId, ChannelType.Public, $"channel-{id}", null, null, null, Began);
        new BulkTable<Channel>(db.Model).SetId!(channel, id);
        for (var guest = 0; guest < guests; guest++)
        {
            channel.Join(AddUser((id * 100_000) + guest, isGuest: true), isMember: false, Began);
        }

        db.Channels.Add(channel);
        _channels.Add(id, channel);
    }

    private async Task WriteNumberedAsync<T>(BulkTable<T> table, List<T> rows)
        where T : class
    {
        var ids = IdSequence.Of(table);
        await ids.ReserveAsync(Connection, rows.Count, CancellationToken.None);
        rows.ForEach(row => table.SetId!(row, ids.Next()));
        await WriteAsync(table, rows);
    }

    private Task WriteAsync<T>(BulkTable<T> table, IReadOnlyCollection<T> rows)
        where T : class => table.CopyAsync(Connection, table.Name, rows, CancellationToken.None);

    private static DateTime At(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime;
}
