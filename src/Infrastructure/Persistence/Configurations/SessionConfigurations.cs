using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal static class SessionFilters
{
    public const string LongerThanADay = "end_time - created_time > interval '1 day'";
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("user_sessions", table => table.HasCheckConstraint(
            "ck_user_sessions_time", $"{TimeChecks.IsCountable("created_time")} and {TimeChecks.IsCountable("end_time")}"));
        builder.HasKey(s => new { s.ApplicationId, s.Id });
        builder.Property(s => s.Id).UseHiLo("session_ids");
        builder.Property(s => s.UserAgent).HasMaxLength(UserSession.MaxUserAgent);
        builder.HasIndex(s => new { s.ApplicationId, s.UserId, s.CreatedTime });
        builder.HasIndex(s => new { s.ApplicationId, s.CreatedTime });
        builder.HasIndex(s => new { s.ApplicationId, s.UserId }, "ix_user_sessions_open").HasFilter("end_time is null");

        // Sessions that overlap a period began in it or up to a day before, except for the few longer ones. Sessions that overlap a partial
        // bucket began or ended in the bucket.
        builder.Property<bool>("Counted").HasDefaultValue(false);
        builder.HasIndex(s => new { s.ApplicationId, s.EndTime }).HasFilter("end_time is not null");
        builder.HasIndex(s => new { s.ApplicationId, s.CreatedTime }, "ix_user_sessions_uncounted").HasFilter("not counted");
        builder.HasIndex(s => new { s.ApplicationId, s.CreatedTime }, "ix_user_sessions_long").HasFilter(SessionFilters.LongerThanADay);
        builder.HasOne(s => s.User).WithMany(u => u.Sessions).HasForeignKey(s => new { s.ApplicationId, s.UserId });
    }
}

internal sealed class ChatSessionConfiguration : IEntityTypeConfiguration<ChatSession>
{
    public void Configure(EntityTypeBuilder<ChatSession> builder)
    {
        builder.ToTable("chat_sessions", table => table.HasCheckConstraint(
            "ck_chat_sessions_time", $"{TimeChecks.IsCountable("created_time")} and {TimeChecks.IsCountable("end_time")}"));
        builder.HasKey(s => new { s.ApplicationId, s.Id });
        builder.Property(s => s.Id).UseHiLo("session_ids");
        builder.HasIndex(s => new { s.ApplicationId, s.ChannelId, s.CreatedTime });
        builder.HasIndex(s => new { s.ApplicationId, s.ChannelId, s.CreatedTime }, "ix_chat_sessions_long")
            .HasFilter(SessionFilters.LongerThanADay);
        builder.HasIndex(s => new { s.ApplicationId, s.UserSessionId });
        builder.HasIndex(s => new { s.ApplicationId, s.ChannelId, s.UserId }, "ix_chat_sessions_open").HasFilter("end_time is null");
        builder.HasOne(s => s.UserSession).WithMany().HasForeignKey(s => new { s.ApplicationId, s.UserSessionId });
        builder.HasOne<Channel>().WithMany().HasForeignKey(s => new { s.ApplicationId, s.ChannelId });
        builder.HasOne<Domain.Users.User>().WithMany().HasForeignKey(s => new { s.ApplicationId, s.UserId });
    }
}
