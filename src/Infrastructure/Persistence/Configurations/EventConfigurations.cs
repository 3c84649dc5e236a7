using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Statistics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class LoggedEventConfiguration : IEntityTypeConfiguration<LoggedEvent>
{
    public void Configure(EntityTypeBuilder<LoggedEvent> builder)
    {
        builder.ToTable("events");
        builder.HasKey(e => new { e.ApplicationId, e.Id });
        builder.Property(e => e.Id).UseIdentityByDefaultColumn();
        builder.Property(e => e.Xid).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAdd();
        builder.Property(e => e.RecordedTime).HasDefaultValueSql("now()").ValueGeneratedOnAdd();
        builder.Property(e => e.Type).HasMaxLength(64);
        builder.Property(e => e.Received).HasDefaultValue(0);
        builder.Property(e => e.Broadcast).HasDefaultValue(0);
        builder.Property(e => e.Payload).HasColumnType("jsonb");

        // Not by tenant: followers read the log of all applications in commit order.
        builder.HasIndex(e => new { e.Xid, e.Id }, "ix_events_commit_order");

        // Only these types are read by channel, and only for a short time.
        builder.HasIndex(e => new { e.ApplicationId, e.ChannelId, e.Xid, e.Id }, "ix_events_ephemeral")
            .HasFilter("type in ('ephemeral.event', 'ephemeral.keystrokes')");
    }
}

internal sealed class FollowerPositionConfiguration : IEntityTypeConfiguration<FollowerPosition>
{
    public void Configure(EntityTypeBuilder<FollowerPosition> builder)
    {
        builder.ToTable("follower_positions");
        builder.HasKey(p => p.Name);
        builder.Property(p => p.Name).HasMaxLength(64);
        builder.Property(p => p.Xid).HasColumnType("xid8").HasDefaultValueSql("'0'");

        // Statistics add the events after this position to the rollups, so the row must always exist.
        builder.HasData(FollowerPosition.Start(StatisticsFold.Follower));
    }
}
