using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Events;
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

internal sealed class LoggedEventConfiguration : IEntityTypeConfiguration<LoggedEvent>
{
    public void Configure(EntityTypeBuilder<LoggedEvent> builder)
    {
        builder.ToTable("events");
        builder.HasKey(e => new { e.ApplicationId, e.Id });
        builder.Property(e => e.Id).UseIdentityByDefaultColumn();
        builder.Property(e => e.Xid).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAdd();
        builder.Property(e => e.Type).HasMaxLength(64);
        builder.Property(e => e.Payload).HasColumnType("jsonb");

        // No tenant in front: followers read the log of all applications in commit order.
        builder.HasIndex(e => new { e.Xid, e.Id }, "ix_events_commit_order");
    }
}
