using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("messages", table => table.HasCheckConstraint("ck_messages_time", TimeChecks.IsCountable("created_time")));
        builder.HasKey(m => new { m.ApplicationId, m.Id });
        builder.Property(m => m.Id).UseHiLo("message_ids");
        builder.Property(m => m.GroupTag).HasMaxLength(TextLimits.GroupTag);
        builder.Property(m => m.Properties).HasColumnType("jsonb");
        builder.Property(m => m.Version).HasColumnName("xmin").IsRowVersion();
        builder.Property(m => m.Arrival).IsArrival();
        builder.Property(m => m.File).HasColumnType("jsonb").HasConversion<JsonText<MessageFile>>();
        builder.Property(m => m.Mentions).HasColumnType("jsonb").HasConversion<JsonText<MessageMentions>>();

        builder.HasIndex(m => new { m.ApplicationId, m.ChannelId, m.CreatedTime, m.Id });
        builder.HasIndex(m => new { m.ApplicationId, m.UserId, m.CreatedTime, m.Id }).HasFilter("user_id is not null");
        builder.HasIndex(m => new { m.ApplicationId, m.CreatedTime, m.Id });
        builder.HasIndex(m => new { m.ApplicationId, m.ParentId, m.CreatedTime, m.Id }).HasFilter("parent_id is not null");
        builder.HasIndex(m => new { m.ApplicationId, m.ThreadId, m.CreatedTime, m.Id }).HasFilter("parent_id is null");

        // What arrived in the channel or the application after a snapshot; the channel's last message.
        builder.HasIndex(m => new { m.ApplicationId, m.ChannelId, m.Arrival, m.Id }).HasFilter("broadcast");
        builder.HasIndex(m => new { m.ApplicationId, m.Arrival });

        builder.HasOne(m => m.Channel).WithMany(c => c.Messages).HasForeignKey(m => new { m.ApplicationId, m.ChannelId });
        builder.HasOne(m => m.User).WithMany().HasForeignKey(m => new { m.ApplicationId, m.UserId });
        builder.HasOne(m => m.Parent).WithMany(m => m.Replies).HasForeignKey(m => new { m.ApplicationId, m.ParentId });
        builder.HasOne<ReplyThread>().WithMany().HasForeignKey(m => new { m.ApplicationId, m.ThreadId });
    }
}

internal sealed class MessageVersionConfiguration : IEntityTypeConfiguration<MessageVersion>
{
    public void Configure(EntityTypeBuilder<MessageVersion> builder)
    {
        builder.ToTable("message_versions");
        builder.HasKey(v => new { v.ApplicationId, v.Id });
        builder.Property(v => v.Id).UseIdentityByDefaultColumn();
        builder.Property(v => v.Sequence).HasDefaultValue(0L);
        builder.HasIndex(v => new { v.ApplicationId, v.MessageId, v.CapturedAt });
        builder.HasOne<Message>().WithMany(m => m.Versions).HasForeignKey(v => new { v.ApplicationId, v.MessageId });
    }
}

internal sealed class MessageReactionConfiguration : IEntityTypeConfiguration<MessageReaction>
{
    public void Configure(EntityTypeBuilder<MessageReaction> builder)
    {
        builder.ToTable("message_reactions");
        builder.HasKey(r => new { r.ApplicationId, r.MessageId, r.Alias, r.UserId });
        builder.Property(r => r.Alias).HasMaxLength(MessageReaction.MaxAlias);
        builder.HasIndex(r => new { r.ApplicationId, r.UserId });
        builder.HasOne<Message>().WithMany(m => m.Reactions).HasForeignKey(r => new { r.ApplicationId, r.MessageId });
        builder.HasOne<User>().WithMany().HasForeignKey(r => new { r.ApplicationId, r.UserId });
    }
}

internal sealed class ReadReceiptConfiguration : IEntityTypeConfiguration<ReadReceipt>
{
    public void Configure(EntityTypeBuilder<ReadReceipt> builder)
    {
        builder.ToTable("read_receipts");
        builder.HasKey(r => new { r.ApplicationId, r.MessageId, r.UserId });
        builder.HasIndex(r => new { r.ApplicationId, r.UserId });
        builder.HasOne<Message>().WithMany().HasForeignKey(r => new { r.ApplicationId, r.MessageId });
        builder.HasOne<User>().WithMany().HasForeignKey(r => new { r.ApplicationId, r.UserId });
    }
}

internal sealed class MessageReportConfiguration : IEntityTypeConfiguration<MessageReport>
{
    public void Configure(EntityTypeBuilder<MessageReport> builder)
    {
        builder.ToTable("message_reports");
        builder.HasKey(r => new { r.ApplicationId, r.MessageId, r.UserId });
        builder.Property(r => r.Reason).HasMaxLength(MessageReport.MaxReason);
        builder.HasIndex(r => new { r.ApplicationId, r.UserId });
        builder.HasOne<Message>().WithMany(m => m.Reports).HasForeignKey(r => new { r.ApplicationId, r.MessageId });
        builder.HasOne<User>().WithMany().HasForeignKey(r => new { r.ApplicationId, r.UserId });
    }
}
