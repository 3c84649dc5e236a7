using ChatPlatform.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications");
        builder.HasKey(n => new { n.ApplicationId, n.Id });
        builder.Property(n => n.Id).UseIdentityByDefaultColumn();
        builder.Property(n => n.Arrival).IsArrival();
        builder.HasIndex(n => new { n.ApplicationId, n.UserId, n.CreatedTime, n.Id });
        builder.HasIndex(n => new { n.ApplicationId, n.UserId, n.Arrival });

        // One per message and recipient; also finds the notifications to delete with a message.
        builder.HasIndex(n => new { n.ApplicationId, n.MessageId, n.UserId }).IsUnique();
        builder.HasIndex(n => new { n.ApplicationId, n.MentionedChannelId }).HasFilter("mentioned_channel_id is not null");
        builder.HasOne(n => n.User).WithMany().HasForeignKey(n => new { n.ApplicationId, n.UserId });
        builder.HasOne(n => n.Message).WithMany().HasForeignKey(n => new { n.ApplicationId, n.MessageId });
        builder.HasOne(n => n.MentionedChannel).WithMany().HasForeignKey(n => new { n.ApplicationId, n.MentionedChannelId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
