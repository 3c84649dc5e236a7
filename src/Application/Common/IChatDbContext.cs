using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Files;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Notifications;
using ChatPlatform.Domain.Sessions;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Common;

/// <summary>
/// Sets of <see cref="Domain.Common.ITenantOwned"/> entities show only the current application's rows. Sets that identify the caller
/// (applications, clients, tokens) show all.
/// </summary>
public interface IChatDbContext
{
    DbSet<Domain.Applications.Application> Applications { get; }

    DbSet<Client> Clients { get; }

    DbSet<AccessToken> AccessTokens { get; }

    DbSet<LoginToken> LoginTokens { get; }

    DbSet<Account> Accounts { get; }

    DbSet<Permission> Permissions { get; }

    DbSet<User> Users { get; }

    DbSet<UserSecret> UserSecrets { get; }

    DbSet<Channel> Channels { get; }

    DbSet<ChannelMember> ChannelMembers { get; }

    DbSet<BlacklistEntry> Blacklist { get; }

    DbSet<ChannelInvite> ChannelInvites { get; }

    DbSet<ReplyThread> Threads { get; }

    DbSet<Message> Messages { get; }

    DbSet<MessageVersion> MessageVersions { get; }

    DbSet<MessageReaction> MessageReactions { get; }

    DbSet<ReadReceipt> ReadReceipts { get; }

    DbSet<ReadMark> ReadMarks { get; }

    DbSet<MessageReport> MessageReports { get; }

    DbSet<HostedFile> HostedFiles { get; }

    DbSet<Notification> Notifications { get; }

    DbSet<UserSession> UserSessions { get; }

    DbSet<ChatSession> ChatSessions { get; }

    DbSet<Chat> Chats { get; }

    DbSet<Participant> Participants { get; }

    DbSet<DeletedMessage> DeletedMessages { get; }

    DbSet<ChatOutboxEntry> ChatOutbox { get; }

    DbSet<ChatMessageLink> ChatMessageLinks { get; }

    DbSet<ProcessedUpdate> ProcessedUpdates { get; }

    DbSet<ChatRuntime> ChatRuntimes { get; }

    DbSet<ChatFunction> Functions { get; }

    DbSet<ChatFunctionVersion> FunctionVersions { get; }

    DbSet<ChatFunctionInvocation> FunctionInvocations { get; }

    DbSet<FunctionDelivery> FunctionDeliveries { get; }

    DbSet<Job> Jobs { get; }

    DbSet<JobItemError> JobItemErrors { get; }

    /// <summary>One row.</summary>
    IQueryable<CurrentSnapshot> Snapshots { get; }

    /// <summary>
    /// Stores the changes and their events in one transaction. Users that new rows refer to are not deleted until it ends; if one is
    /// deleted already, the request is tried again.
    /// </summary>
    Task<int> SaveChangesAsync(CancellationToken cancellationToken);

    /// <summary>For dispensable data: does not wait for the disk, so a crash of the database may lose the last rows.</summary>
    Task SaveWithAsyncCommitAsync(CancellationToken cancellationToken);

    /// <summary>Joins the open transaction, if any. An exception rolls back.</summary>
    Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Locks a row until the transaction ends. Data read before may be outdated.</summary>
    /// <param name="key">The row's key without the application.</param>
    Task LockAsync<T>(long[] key, CancellationToken cancellationToken)
        where T : ITenantOwned;

    /// <summary>Like <see cref="LockAsync"/>, and waits for all who store rows that refer to this one; further ones wait.</summary>
    Task LockForDeletionAsync<T>(long[] key, CancellationToken cancellationToken)
        where T : ITenantOwned;
}
