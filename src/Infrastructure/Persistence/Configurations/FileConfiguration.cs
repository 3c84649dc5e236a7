using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class HostedFileConfiguration : IEntityTypeConfiguration<HostedFile>
{
    public void Configure(EntityTypeBuilder<HostedFile> builder)
    {
        builder.ToTable("hosted_files");
        builder.HasKey(f => new { f.ApplicationId, f.Path });
        builder.Property(f => f.Path).HasMaxLength(TextLimits.Name);
        builder.Property(f => f.StoreName).HasMaxLength(TextLimits.Name);
        builder.Property(f => f.Name).HasMaxLength(TextLimits.Name);
        builder.Property(f => f.ContentType).HasMaxLength(TextLimits.Name);
        builder.Property(f => f.Sha256).HasMaxLength(64);
        builder.HasIndex(f => f.ReleasedTime, "ix_hosted_files_released").HasFilter("released_time is not null");
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(f => f.ApplicationId);
    }
}
