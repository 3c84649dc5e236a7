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
/// The store. Every set of an <see cref="Domain.Common.ITenantOwned"/> shows the current application's rows only; the sets that say
/// which application a caller belongs to (applications, clients, tokens) show all.
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

    /// <summary>Stores the changes and the events that they raised in one transaction.</summary>
    Task<int> SaveChangesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores what nobody was promised, such as records of runs, without waiting for the disk: the database losing its power may lose the
    /// last of it, nothing else does.
    /// </summary>
    Task SaveWithAsyncCommitAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes one transaction of several stores and removals; joins the one that is open. An exception takes all of it back.
    /// </summary>
    Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for a row and keeps others from changing it until the transaction ends. Only what is read after it shows what was done
    /// meanwhile.
    /// </summary>
    /// <param name="key">The row's key without the application.</param>
    Task LockAsync<T>(long[] key, CancellationToken cancellationToken)
        where T : ITenantOwned;
}
