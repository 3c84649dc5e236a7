using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class ChatOutboxEntryConfiguration : IEntityTypeConfiguration<ChatOutboxEntry>
{
    public void Configure(EntityTypeBuilder<ChatOutboxEntry> builder)
    {
        builder.ToTable("chat_outbox");
        builder.HasKey(c => new { c.ApplicationId, c.Id });
        builder.Property(c => c.Id).UseIdentityByDefaultColumn();
        builder.Property(c => c.Operation).HasColumnType("jsonb");
        builder.Property(c => c.Error).HasMaxLength(Chat.MaxLastError);
        builder.Ignore(c => c.WasInterrupted);
        builder.HasIndex(c => new { c.ApplicationId, c.ChatId, c.Id }, "ix_chat_outbox_chat").HasFilter("state in (0, 1)");
        builder.HasIndex(c => new { c.ApplicationId, c.ChatId, c.Id }, "ix_chat_outbox_given_up").HasFilter("state in (3, 4)");

        // Not by tenant: one worker sends for all applications.
        builder.HasIndex(c => new { c.NotBefore, c.Id }, "ix_chat_outbox_open").HasFilter("state in (0, 1, 4)");
        builder.HasOne<Chat>().WithMany().HasForeignKey(c => new { c.ApplicationId, c.ChatId });

        // A message that is deleted before it was sent is not sent.
        builder.HasOne<Message>().WithMany().HasForeignKey(c => new { c.ApplicationId, c.MessageId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ChatMessageLinkConfiguration : IEntityTypeConfiguration<ChatMessageLink>
{
    public void Configure(EntityTypeBuilder<ChatMessageLink> builder)
    {
        builder.ToTable("chat_message_links");
        builder.HasKey(l => new { l.ApplicationId, l.ChatId, l.ChatExternalId, l.ExternalId });
        builder.Property(l => l.ChatExternalId).HasMaxLength(Chat.MaxExternalId);
        builder.Property(l => l.ExternalId).HasMaxLength(Chat.MaxExternalId);
        builder.HasIndex(l => new { l.ApplicationId, l.MessageId });

        // No foreign key to the message: the link stays when the message is deleted.
        builder.HasOne<Chat>().WithMany().HasForeignKey(l => new { l.ApplicationId, l.ChatId });
    }
}

internal sealed class ProcessedUpdateConfiguration : IEntityTypeConfiguration<ProcessedUpdate>
{
    public void Configure(EntityTypeBuilder<ProcessedUpdate> builder)
    {
        builder.ToTable("processed_updates");
        builder.HasKey(u => new { u.ApplicationId, u.Service, u.UpdateId });
        builder.Property(u => u.Service).HasMaxLength(Chat.MaxService);
        builder.Property(u => u.UpdateId).HasMaxLength(Chat.MaxExternalId);
        builder.HasIndex(u => new { u.ApplicationId, u.ReceivedTime });
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(u => u.ApplicationId);
    }
}

internal sealed class DeletedMessageConfiguration : IEntityTypeConfiguration<DeletedMessage>
{
    public void Configure(EntityTypeBuilder<DeletedMessage> builder)
    {
        builder.ToTable("deleted_messages");
        builder.HasKey(d => new { d.ApplicationId, d.Id });
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Content).HasColumnType("jsonb").HasConversion(
            new JsonText<IReadOnlyList<ContentVersion>>(),
            ValueComparer.CreateDefault<IReadOnlyList<ContentVersion>>(favorStructuralComparisons: false));
        builder.Property(d => d.Arrival).HasColumnType("xid8");
        builder.HasIndex(d => new { d.ApplicationId, d.ChatId, d.CreatedTime, d.Id });
        builder.HasIndex(d => new { d.ApplicationId, d.ChatId, d.Arrival });
        builder.HasOne<Chat>().WithMany().HasForeignKey(d => new { d.ApplicationId, d.ChatId });
    }
}
