using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(m => new { m.ApplicationId, m.Id });
        builder.Property(m => m.Id).UseHiLo("message_ids");
        builder.Property(m => m.GroupTag).HasMaxLength(TextLimits.GroupTag);
        builder.Property(m => m.Properties).HasColumnType("jsonb");
        builder.Property(m => m.Version).HasColumnName("xmin").IsRowVersion();
        builder.Property(m => m.File).HasColumnType("jsonb").HasConversion<JsonText<MessageFile>>();

        builder.HasIndex(m => new { m.ApplicationId, m.ChannelId, m.CreatedTime, m.Id });
        builder.HasIndex(m => new { m.ApplicationId, m.UserId, m.CreatedTime, m.Id }).HasFilter("user_id is not null");
        builder.HasIndex(m => new { m.ApplicationId, m.CreatedTime, m.Id });
        builder.HasIndex(m => new { m.ApplicationId, m.ParentId, m.CreatedTime, m.Id }).HasFilter("parent_id is not null");
        builder.HasIndex(m => new { m.ApplicationId, m.ThreadId, m.CreatedTime, m.Id }).HasFilter("parent_id is null");

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
        builder.HasIndex(v => new { v.ApplicationId, v.MessageId, v.CapturedAt });
        builder.HasOne<Message>().WithMany(m => m.Versions).HasForeignKey(v => new { v.ApplicationId, v.MessageId });
    }
}
