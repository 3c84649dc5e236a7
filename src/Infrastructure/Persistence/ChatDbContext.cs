using System.Linq.Expressions;
using ChatPlatform.Application.Common;
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
using ChatPlatform.Infrastructure.ChatConnectors;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary><see cref="ApplicationId"/> is set for each lease of a pooled instance and filters all tenant rows.</summary>
public sealed class ChatDbContext(DbContextOptions<ChatDbContext> options) : DbContext(options), IChatDbContext
{
    /// <summary>The tenant of the visible rows; 0 shows none.</summary>
    public long ApplicationId { get; set; }

    public DbSet<Domain.Applications.Application> Applications => Set<Domain.Applications.Application>();

    public DbSet<Client> Clients => Set<Client>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<LoginToken> LoginTokens => Set<LoginToken>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Permission> Permissions => Set<Permission>();

    public DbSet<User> Users => Set<User>();

    public DbSet<UserSecret> UserSecrets => Set<UserSecret>();

    public DbSet<Channel> Channels => Set<Channel>();

    public DbSet<ChannelMember> ChannelMembers => Set<ChannelMember>();

    public DbSet<BlacklistEntry> Blacklist => Set<BlacklistEntry>();

    public DbSet<ChannelInvite> ChannelInvites => Set<ChannelInvite>();

    public DbSet<ReplyThread> Threads => Set<ReplyThread>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<MessageVersion> MessageVersions => Set<MessageVersion>();

    public DbSet<MessageReaction> MessageReactions => Set<MessageReaction>();

    public DbSet<ReadReceipt> ReadReceipts => Set<ReadReceipt>();

    public DbSet<ReadMark> ReadMarks => Set<ReadMark>();

    public DbSet<MessageReport> MessageReports => Set<MessageReport>();

    public DbSet<HostedFile> HostedFiles => Set<HostedFile>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<UserSession> UserSessions => Set<UserSession>();

    public DbSet<ChatSession> ChatSessions => Set<ChatSession>();

    public DbSet<Chat> Chats => Set<Chat>();

    public DbSet<Participant> Participants => Set<Participant>();

    public DbSet<DeletedMessage> DeletedMessages => Set<DeletedMessage>();

    public DbSet<ChatOutboxEntry> ChatOutbox => Set<ChatOutboxEntry>();

    public DbSet<ChatMessageLink> ChatMessageLinks => Set<ChatMessageLink>();

    public DbSet<ProcessedUpdate> ProcessedUpdates => Set<ProcessedUpdate>();

    public DbSet<ChatRuntime> ChatRuntimes => Set<ChatRuntime>();

    public DbSet<ChatFunction> Functions => Set<ChatFunction>();

    public DbSet<ChatFunctionVersion> FunctionVersions => Set<ChatFunctionVersion>();

    public DbSet<ChatFunctionInvocation> FunctionInvocations => Set<ChatFunctionInvocation>();

    public DbSet<FunctionDelivery> FunctionDeliveries => Set<FunctionDelivery>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobItemError> JobItemErrors => Set<JobItemError>();

    public DbSet<DataKey> DataKeys => Set<DataKey>();

    public DbSet<LoggedEvent> Events => Set<LoggedEvent>();

    public IQueryable<CurrentSnapshot> Snapshots => Set<CurrentSnapshot>();

    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is not null)
        {
            return await work();
        }

        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);

        // An error ends the transaction as a whole, so nothing returns to a savepoint.
        Database.AutoSavepointsEnabled = false;
        try
        {
            var done = await work();
            await transaction.CommitAsync(cancellationToken);
            return done;
        }
        finally
        {
            Database.AutoSavepointsEnabled = true;
        }
    }

    public async Task SaveWithAsyncCommitAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        await Database.ExecuteSqlRawAsync("set local synchronous_commit = off", cancellationToken);
        await SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Rows that reference it can still be added.
    public Task LockAsync<T>(long[] key, CancellationToken cancellationToken)
        where T : ITenantOwned => LockAsync<T>(key, "for no key update", cancellationToken);

    public Task LockForDeletionAsync<T>(long[] key, CancellationToken cancellationToken)
        where T : ITenantOwned => LockAsync<T>(key, "for update", cancellationToken);

    public override async Task<int> SaveChangesAsync(CancellationToken cancellationToken = default)
    {
        await ChatMembershipSync.SyncAsync(this, Now, cancellationToken);

        // HiLo sets an id when an entity is added, so events can contain it in the same batch.
        foreach (var aggregate in ChangeTracker.Entries<AggregateRoot>().Select(entry => entry.Entity).ToList())
        {
            Events.AddRange(aggregate.DomainEvents.Select(domainEvent => LoggedEvent.Of(aggregate.ApplicationId, domainEvent)));
            aggregate.ClearDomainEvents();
        }

        var users = UserReferences.OfNewRows(ChangeTracker);
        return users.Length == 0
            ? await base.SaveChangesAsync(cancellationToken)
            : await InTransactionAsync(() => SaveWithUsersAsync(users, cancellationToken), cancellationToken);
    }

    /// <summary>A deletion of one of the users waits for this transaction. If it came first, the caller's retry sees it.</summary>
    private async Task<int> SaveWithUsersAsync(long[] users, CancellationToken cancellationToken)
    {
        await using var command = (NpgsqlCommand)Database.GetDbConnection().CreateCommand();
        command.CommandText = UserReferences.Hold;
        command.Transaction = (NpgsqlTransaction)Database.CurrentTransaction!.GetDbTransaction();
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ApplicationId });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = users });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == users.Length
            ? await base.SaveChangesAsync(cancellationToken)
            : throw new DbUpdateConcurrencyException("A user was deleted while rows that refer to it were stored.");
    }

    private Task<int> LockAsync<T>(long[] key, string strength, CancellationToken cancellationToken)
    {
        var type = Model.FindEntityType(typeof(T))!;
        var columns = type.FindPrimaryKey()!.Properties.Select((column, index) => $"{column.GetColumnName()} = {{{index}}}");
        var sql = $"select 1 from {type.GetTableName()} where {string.Join(" and ", columns)} {strength}";
        return Database.ExecuteSqlRawAsync(sql, [ApplicationId, .. key.Cast<object>()], cancellationToken);
    }

    /// <summary>A pooled context has no injected services, so the clock comes from the services of the host.</summary>
    private DateTime Now => (this.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider
        ?.GetService<TimeProvider>() ?? TimeProvider.System).UtcNow();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Ignore<DomainEvent>();
        modelBuilder.HasSequence<long>("message_ids").IncrementsBy(100);
        modelBuilder.HasSequence<long>("user_ids").IncrementsBy(10);
        modelBuilder.HasSequence<long>("channel_ids").IncrementsBy(10);
        modelBuilder.HasSequence<long>("session_ids").IncrementsBy(10);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ChatDbContext).Assembly);
        modelBuilder.Entity<CurrentSnapshot>().HasNoKey().ToSqlQuery("SELECT arrival_snapshot() AS value");
        modelBuilder.HasDbFunction(typeof(StoreFunctions).GetMethod(nameof(StoreFunctions.ArrivedAfter))!, function =>
        {
            function.HasName("arrived_after");
            function.HasParameter("arrival").HasStoreType("xid8");
        });
        SearchFunctions.Map(modelBuilder);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType)))
        {
            modelBuilder.Entity(type.ClrType).HasQueryFilter(VisibleRows(type.ClrType));
        }

        // The naming convention would rename explicitly named indexes.
        var indexes = modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetIndexes());
        foreach (var index in indexes.Where(index => index.Name is not null))
        {
            index.SetDatabaseName(index.Name);
        }
    }

    /// <summary>Rows of the application, without channels and functions that are being deleted.</summary>
    private LambdaExpression VisibleRows(Type type)
    {
        var row = Expression.Parameter(type);
        var own = Expression.Equal(
            Expression.Property(row, nameof(ITenantOwned.ApplicationId)),
            Expression.Property(Expression.Constant(this), nameof(ApplicationId)));
        return Expression.Lambda(
            type == typeof(Channel) || type == typeof(ChatFunction)
                ? Expression.AndAlso(own, Expression.Equal(
                    Expression.Property(row, nameof(Channel.DeletedTime)), Expression.Constant(null, typeof(DateTime?))))
                : own,
            row);
    }
}
