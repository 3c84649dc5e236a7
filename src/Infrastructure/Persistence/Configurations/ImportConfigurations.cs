using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Jobs.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class ImportKeyConfiguration : IEntityTypeConfiguration<ImportKey>
{
    public void Configure(EntityTypeBuilder<ImportKey> builder)
    {
        builder.ToTable("import_keys");
        builder.HasKey(k => new { k.ApplicationId, k.Type, k.Key });
        builder.Property(k => k.Key).HasMaxLength(TextLimits.IdempotencyKey).UseCollation("C");
    }
}

internal sealed class DeferredReplyConfiguration : IEntityTypeConfiguration<DeferredReply>
{
    public void Configure(EntityTypeBuilder<DeferredReply> builder)
    {
        builder.ToTable("deferred_replies");
        builder.HasKey(r => new { r.ApplicationId, r.JobId, r.Index });
        builder.Property(r => r.IdempotencyKey).HasMaxLength(TextLimits.IdempotencyKey).UseCollation("C");
        builder.Property(r => r.ReplyTo).HasMaxLength(TextLimits.IdempotencyKey).UseCollation("C");
        builder.HasIndex(r => new { r.ApplicationId, r.JobId, r.IdempotencyKey }).IsUnique();
        builder.HasIndex(r => new { r.ApplicationId, r.JobId, r.ReplyTo });
        builder.HasIndex(r => new { r.ApplicationId, r.JobId, r.Depth, r.Index });
        builder.HasOne<Job>().WithMany().HasForeignKey(r => new { r.ApplicationId, r.JobId });
    }
}
