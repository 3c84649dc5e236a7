using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Reserves ids, so that rows can refer to each other before they are written.</summary>
internal sealed class ImportIds(BulkTables tables)
{
    private readonly IdSequence _users = IdSequence.Of(tables.Users);
    private readonly IdSequence _channels = IdSequence.Of(tables.Channels);

    // Threads and messages share one sequence.
    private readonly IdSequence _messages = IdSequence.Of(tables.Messages);

    public Task ReserveUsersAsync(NpgsqlConnection connection, int count, CancellationToken cancellationToken) =>
        _users.ReserveAsync(connection, count, cancellationToken);

    /// <summary>Also reserves ids of the channels' main threads.</summary>
    public async Task ReserveChannelsAsync(NpgsqlConnection connection, int count, CancellationToken cancellationToken)
    {
        await _channels.ReserveAsync(connection, count, cancellationToken);
        await _messages.ReserveAsync(connection, count, cancellationToken);
    }

    public Task ReserveMessagesAsync(NpgsqlConnection connection, int count, CancellationToken cancellationToken) =>
        _messages.ReserveAsync(connection, count, cancellationToken);

    public void AssignId(User user) => tables.Users.SetId!(user, _users.Next());

    public void AssignId(Channel channel) => tables.Channels.SetId!(channel, _channels.Next());

    public void AssignId(ReplyThread thread) => tables.Threads.SetId!(thread, _messages.Next());

    public void AssignId(Message message) => tables.Messages.SetId!(message, _messages.Next());
}
