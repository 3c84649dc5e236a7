using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users", table => table.HasCheckConstraint("ck_users_time", TimeChecks.IsCountable("created_time")));
        builder.HasKey(u => new { u.ApplicationId, u.Id });
        builder.Property(u => u.Id).UseHiLo("user_ids");
        builder.Property(u => u.Name).HasMaxLength(TextLimits.Name);
        builder.Property(u => u.DisplayName).HasMaxLength(TextLimits.DisplayName);
        builder.Property(u => u.PresenceStatus).HasMaxLength(TextLimits.DisplayName);
        builder.Property(u => u.DisplayPictureUrl).HasMaxLength(TextLimits.Url);
        builder.Property(u => u.Properties).HasColumnType("jsonb");
        builder.Property(u => u.Version).HasColumnName("xmin").IsRowVersion();
        builder.HasIndex(u => new { u.ApplicationId, u.Name }).IsUnique();
        builder.HasIndex(u => new { u.ApplicationId, u.CreatedTime });
        builder.HasIndex(u => new { u.ApplicationId, u.Properties }).HasMethod("gin").HasOperators("int8_ops", "jsonb_path_ops");
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(u => u.ApplicationId);
    }
}

internal sealed class ChannelConfiguration : IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Channel> builder)
    {
        builder.ToTable("channels");
        builder.HasKey(c => new { c.ApplicationId, c.Id });
        builder.Property(c => c.Id).UseHiLo("channel_ids");
        builder.Property(c => c.Name).HasMaxLength(TextLimits.Name);
        builder.Property(c => c.DisplayName).HasMaxLength(TextLimits.DisplayName);
        builder.Property(c => c.DirectKey).HasMaxLength(255);
        builder.Property(c => c.Properties).HasColumnType("jsonb");
        builder.Property(c => c.Version).HasColumnName("xmin").IsRowVersion();
        builder.HasIndex(c => new { c.ApplicationId, c.Name }).IsUnique();
        builder.HasIndex(c => new { c.ApplicationId, c.DirectKey }).IsUnique();
        builder.HasIndex(c => c.ApplicationId, "ix_channels_deleted").HasFilter("deleted_time is not null");
        builder.HasIndex(c => new { c.ApplicationId, c.Properties }).HasMethod("gin").HasOperators("int8_ops", "jsonb_path_ops");
        builder.HasOne(c => c.Creator).WithMany().HasForeignKey(c => new { c.ApplicationId, c.CreatorId });
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(c => c.ApplicationId);
    }
}

internal sealed class ChannelMemberConfiguration : IEntityTypeConfiguration<ChannelMember>
{
    public void Configure(EntityTypeBuilder<ChannelMember> builder)
    {
        builder.ToTable("channel_members");
        builder.HasKey(m => new { m.ApplicationId, m.ChannelId, m.UserId });
        builder.Property(m => m.IsMuted).HasDefaultValue(false);
        builder.Property(m => m.JoinedSnapshot).HasDefaultValueSql("arrival_snapshot()").ValueGeneratedOnAdd();
        builder.HasIndex(m => new { m.ApplicationId, m.UserId, m.ChannelId });
        builder.HasIndex(m => new { m.ApplicationId, m.ChannelId, m.UserId }, "ix_channel_members_moderators").HasFilter("is_moderator");
        builder.HasOne(m => m.Channel).WithMany(c => c.Members).HasForeignKey(m => new { m.ApplicationId, m.ChannelId });
        builder.HasOne(m => m.User).WithMany().HasForeignKey(m => new { m.ApplicationId, m.UserId });
    }
}

internal sealed class BlacklistEntryConfiguration : IEntityTypeConfiguration<BlacklistEntry>
{
    public void Configure(EntityTypeBuilder<BlacklistEntry> builder)
    {
        builder.ToTable("channel_blacklist");
        builder.HasKey(b => new { b.ApplicationId, b.ChannelId, b.UserId });
        builder.HasIndex(b => new { b.ApplicationId, b.UserId });
        builder.HasOne<Channel>().WithMany().HasForeignKey(b => new { b.ApplicationId, b.ChannelId });
        builder.HasOne<User>().WithMany().HasForeignKey(b => new { b.ApplicationId, b.UserId });
    }
}

internal sealed class ChannelInviteConfiguration : IEntityTypeConfiguration<ChannelInvite>
{
    public void Configure(EntityTypeBuilder<ChannelInvite> builder)
    {
        builder.ToTable("channel_invites");
        builder.HasKey(i => new { i.ApplicationId, i.ChannelId, i.UserId });
        builder.HasIndex(i => new { i.ApplicationId, i.UserId });
        builder.HasOne<Channel>().WithMany().HasForeignKey(i => new { i.ApplicationId, i.ChannelId });
        builder.HasOne<User>().WithMany().HasForeignKey(i => new { i.ApplicationId, i.UserId });
    }
}

internal sealed class ReadMarkConfiguration : IEntityTypeConfiguration<ReadMark>
{
    public void Configure(EntityTypeBuilder<ReadMark> builder)
    {
        builder.ToTable("read_marks");
        builder.HasKey(r => new { r.ApplicationId, r.Id });
        builder.Property(r => r.Id).UseIdentityByDefaultColumn();
        builder.Property(r => r.UpToArrival).HasColumnType("xid8")
            .HasComputedColumnSql("pg_snapshot_xmax(up_to_snapshot::pg_snapshot)", stored: true);
        builder.HasIndex(r => new { r.ApplicationId, r.ChannelId, r.UserId, r.UpToArrival });

        // Receipts are mostly read for new messages, which few marks reach.
        builder.HasIndex(r => new { r.ApplicationId, r.ChannelId, r.UpToArrival });
        builder.HasOne<Channel>().WithMany().HasForeignKey(r => new { r.ApplicationId, r.ChannelId });
        builder.HasOne<User>().WithMany().HasForeignKey(r => new { r.ApplicationId, r.UserId });
    }
}

internal sealed class ReplyThreadConfiguration : IEntityTypeConfiguration<ReplyThread>
{
    public void Configure(EntityTypeBuilder<ReplyThread> builder)
    {
        builder.ToTable("threads");
        builder.HasKey(t => new { t.ApplicationId, t.Id });
        builder.Property(t => t.Id).UseHiLo("message_ids");
        builder.Property(t => t.Name).HasMaxLength(TextLimits.Name);
        builder.Property(t => t.Properties).HasColumnType("jsonb");
        builder.HasIndex(t => new { t.ApplicationId, t.ChannelId, t.Id });
        builder.HasIndex(t => new { t.ApplicationId, t.ChannelId }, "ix_threads_main").IsUnique().HasFilter("type = 0");
        builder.HasOne(t => t.Channel).WithMany(c => c.Threads).HasForeignKey(t => new { t.ApplicationId, t.ChannelId });
    }
}
