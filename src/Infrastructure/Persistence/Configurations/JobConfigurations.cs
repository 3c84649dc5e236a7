using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(j => new { j.ApplicationId, j.Id });
        builder.Property(j => j.Id).UseIdentityByDefaultColumn();
        builder.Property(j => j.Arguments).HasColumnType("jsonb");
        builder.Property(j => j.File).HasMaxLength(TextLimits.Url);
        builder.Property(j => j.State).IsConcurrencyToken();
        builder.Property(j => j.Worker).HasMaxLength(255).IsConcurrencyToken();
        builder.Property(j => j.Attempts).IsConcurrencyToken();
        builder.Ignore(j => j.IsEnded);
        builder.HasIndex(j => new { j.State, j.NotBefore }, "ix_jobs_open").HasFilter("state in (0, 1)");
        builder.HasIndex(j => j.EndedTime, "ix_jobs_retained_files").HasFilter("file is not null and ended_time is not null");
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(j => j.ApplicationId);
    }
}

internal sealed class JobItemErrorConfiguration : IEntityTypeConfiguration<JobItemError>
{
    public void Configure(EntityTypeBuilder<JobItemError> builder)
    {
        builder.ToTable("job_item_errors");
        builder.HasKey(e => new { e.ApplicationId, e.JobId, e.Index });
        builder.Property(e => e.IdempotencyKey).HasMaxLength(TextLimits.IdempotencyKey);
        builder.HasOne<Job>().WithMany().HasForeignKey(e => new { e.ApplicationId, e.JobId });
    }
}
