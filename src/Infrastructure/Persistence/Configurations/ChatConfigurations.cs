using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class ChatConfiguration : IEntityTypeConfiguration<Chat>
{
    public void Configure(EntityTypeBuilder<Chat> builder)
    {
        builder.ToTable("chats");
        builder.HasKey(c => new { c.ApplicationId, c.Id });
        builder.Property(c => c.TitledSequence).HasDefaultValue(0L);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Service).HasMaxLength(Chat.MaxService);
        builder.Property(c => c.ExternalId).HasMaxLength(Chat.MaxExternalId);
        builder.Property(c => c.CreatedBy).HasMaxLength(Chat.MaxCreatedBy);
        builder.Property(c => c.Description).HasMaxLength(Chat.MaxDescription);
        builder.Property(c => c.Title).HasMaxLength(Chat.MaxTitle);
        builder.Property(c => c.LastError).HasMaxLength(Chat.MaxLastError);
        builder.HasIndex(c => new { c.ApplicationId, c.ChannelId }).IsUnique();

        // Two open chats of one conversation would both receive its messages. A closed chat receives nothing.
        builder.HasIndex(c => new { c.ApplicationId, c.Service, c.ExternalId }).IsUnique().HasFilter("state <> 2");

        // One index per sort order of the list. The last column is always the id, ascending.
        builder.HasIndex(c => new { c.ApplicationId, c.RegisteredAt, c.Id });
        builder.HasIndex(c => new { c.ApplicationId, c.Title, c.Id });
        builder.HasIndex(c => new { c.ApplicationId, c.CreatedBy, c.Id });
        builder.HasIndex(c => new { c.ApplicationId, c.IsActive, c.Id });
        builder.HasIndex(c => new { c.ApplicationId, c.IsActive, c.Id }, "ix_chats_active_first").IsDescending(false, true, false);
        builder.HasIndex(c => new { c.ApplicationId, c.IsActive, c.RegisteredAt, c.Id });

        builder.HasMany(c => c.Titles).WithOne().HasForeignKey(t => new { t.ApplicationId, t.ChatId });
        builder.HasMany(c => c.Participants).WithOne().HasForeignKey(p => new { p.ApplicationId, p.ChatId });
        builder.HasMany(c => c.Invitations).WithOne().HasForeignKey(i => new { i.ApplicationId, i.ChatId });
        builder.HasOne<Channel>().WithMany().HasForeignKey(c => new { c.ApplicationId, c.ChannelId });
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(c => c.ApplicationId);
    }
}

internal sealed class ChatTitleConfiguration : IEntityTypeConfiguration<ChatTitle>
{
    public void Configure(EntityTypeBuilder<ChatTitle> builder)
    {
        builder.ToTable("chat_titles");
        builder.HasKey(t => new { t.ApplicationId, t.Id });
        builder.Property(t => t.Sequence).HasDefaultValue(0L);
        builder.Property(t => t.Id).UseIdentityByDefaultColumn();
        builder.Property(t => t.Value).HasMaxLength(Chat.MaxTitle);
    }
}

internal sealed class ChatInvitationConfiguration : IEntityTypeConfiguration<ChatInvitation>
{
    public void Configure(EntityTypeBuilder<ChatInvitation> builder)
    {
        builder.ToTable("chat_invitations");
        builder.HasKey(i => new { i.ApplicationId, i.Link });
        builder.Property(i => i.Link).HasMaxLength(ChatInvitation.MaxLink);
        builder.HasIndex(i => new { i.ApplicationId, i.ChatId }, "ix_chat_invitations_current").IsUnique().HasFilter("revoked_at is null");
    }
}

internal sealed class ParticipantConfiguration : IEntityTypeConfiguration<Participant>
{
    public void Configure(EntityTypeBuilder<Participant> builder)
    {
        builder.ToTable("participants");
        builder.HasKey(p => new { p.ApplicationId, p.Id });
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Firstname).HasMaxLength(TextLimits.DisplayName);
        builder.Property(p => p.Lastname).HasMaxLength(TextLimits.DisplayName);
        builder.Property(p => p.Username).HasMaxLength(TextLimits.Name);
        builder.Ignore(p => p.IsActive);
        builder.HasIndex(p => new { p.ApplicationId, p.ChatId, p.UserId }).IsUnique();
        builder.HasMany(p => p.Participations).WithOne().HasForeignKey(s => new { s.ApplicationId, s.ParticipantId });
        builder.HasOne(p => p.User).WithMany().HasForeignKey(p => new { p.ApplicationId, p.UserId });
    }
}

internal sealed class ParticipationConfiguration : IEntityTypeConfiguration<Participation>
{
    public void Configure(EntityTypeBuilder<Participation> builder)
    {
        builder.ToTable("participations");
        builder.HasKey(s => new { s.ApplicationId, s.Id });
        builder.Property(s => s.Id).UseIdentityByDefaultColumn();
        builder.Ignore(s => s.IsActive);
        builder.HasIndex(s => new { s.ApplicationId, s.ParticipantId }, "ix_participations_open").IsUnique().HasFilter("left_at is null");
    }
}
