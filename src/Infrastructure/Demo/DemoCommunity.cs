using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Sessions;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Jobs.Imports;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Infrastructure.Demo;

/// <summary>Row counts.</summary>
public sealed record DemoSummary(int Users, int Channels, int Messages, int Sessions);

/// <summary>
/// A sample community: some hundred users, a dozen channels and direct ones, and ninety days of messages up to now. It is the same each
/// time except for the dates. The domain creates everything; only message events are added up, as imports do.
/// </summary>
public sealed class DemoCommunity(ChatDbContext db, TimeProvider clock)
{
    private const int Days = 90;
    private const int Seed = 20_260_101;

    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    /// <summary>Fills an application, in one transaction.</summary>
    /// <returns>Null if the community already exists.</returns>
    public async Task<DemoSummary?> SeedAsync(long applicationId, CancellationToken cancellationToken)
    {
        db.ApplicationId = applicationId;
        if (await db.Users.AnyAsync(user => user.Name == "weather-bot", cancellationToken))
        {
            return null;
        }

        var now = clock.UtcNow();
        var start = now.Date.AddDays(-Days);
        var random = new Random(Seed);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var users = DemoUsers.Create(applicationId, random, start, now);
        db.Users.AddRange(users.All);
        var channels = DemoChannels.Create(applicationId, users, random, start, now);
        db.Channels.AddRange(channels.Select(channel => channel.Channel));
        var chats = new DemoChats(applicationId, users, random, start, now).Create(channel => db.Channels.Add(channel));
        db.Chats.AddRange(chats.Select(chat => chat.Chat));
        channels.AddRange(chats.Select(chat => chat.Channel));
        db.Blacklist.AddRange(channels.Where(channel => channel.Muted is not null)
            .Select(channel => BlacklistEntry.Create(channel.Channel, channel.Muted!, start)));
        await db.SaveChangesAsync(cancellationToken);
        var demoMessages = new DemoMessages(random, start, now).Create(channels);
        await WriteMessagesAsync(demoMessages, cancellationToken);
        var sessions = await WriteSessionsAsync(new DemoSessions(random, now), demoMessages, cancellationToken);
        foreach (var (template, channel, _, _) in channels.Where(channel => channel.Template.ClosedDaysAgo is not null))
        {
            channel.SetActive(false, now.AddDays(-template.ClosedDaysAgo!.Value));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new DemoSummary(users.All.Count, channels.Count, demoMessages.Count, sessions);
    }

    private async Task WriteMessagesAsync(List<DemoMessage> demoMessages, CancellationToken cancellationToken)
    {
        var table = new BulkTable<Message>(db.Model);
        var ids = IdSequence.Of(table);
        await ids.ReserveAsync(Connection, demoMessages.Count, cancellationToken);
        var messages = new Dictionary<DemoMessage, Message>(demoMessages.Count, ReferenceEqualityComparer.Instance);
        var counts = new MessageCounts();
        foreach (var demoMessage in demoMessages)
        {
            var message = ToMessage(demoMessage, messages);
            table.SetId!(message, ids.Next());
            messages.Add(demoMessage, message);
            counts.Add(message);
        }

        await WriteAsync(table, messages.Values, cancellationToken);
        var events = counts.Events.Select(counted => LoggedEvent.Of(db.ApplicationId, counted)).ToList();
        await WriteAsync(new BulkTable<LoggedEvent>(db.Model), events, cancellationToken);
    }

    private static Message ToMessage(DemoMessage demoMessage, Dictionary<DemoMessage, Message> written)
    {
        var (at, (_, channel, _, muted), sender, body, file, replyTo) = demoMessage;
        var position = replyTo is not null && written.TryGetValue(replyTo, out var parent)
            ? new ThreadPosition(parent.ThreadId, parent.Id, parent.NestedLevel + 1)
            : new ThreadPosition(channel.Threads.Single().Id);
        var content = new MessageContent(file is null ? body : null, file, null, null);
        return Message.Send(channel, sender, content, position, channel.Broadcasts(sender is not null && sender == muted), at);
    }

    private async Task<int> WriteSessionsAsync(DemoSessions sessions, List<DemoMessage> demoMessages, CancellationToken cancellationToken)
    {
        var (userTable, chatTable) = (new BulkTable<UserSession>(db.Model), new BulkTable<ChatSession>(db.Model));
        var (users, chats) = sessions.Of(demoMessages);
        var ids = IdSequence.Of(userTable);
        await ids.ReserveAsync(Connection, users.Count + chats.Count, cancellationToken);
        foreach (var session in users)
        {
            userTable.SetId!(session, ids.Next());
        }

        foreach (var session in chats)
        {
            chatTable.SetId!(session, ids.Next());
        }

        await WriteAsync(userTable, users, cancellationToken);
        await WriteAsync(chatTable, chats, cancellationToken);
        return users.Count + chats.Count;
    }

    private Task WriteAsync<T>(BulkTable<T> table, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class => table.CopyAsync(Connection, table.Name, rows, cancellationToken);
}
