using ChatPlatform.Infrastructure.Statistics.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

// Rollups have no foreign keys, because events may concern deleted channels and users. Their rows are updated often, so pages keep free
// space (fillfactor) and no index contains a counter.

internal sealed class RollupStateConfiguration : IEntityTypeConfiguration<RollupState>
{
    public void Configure(EntityTypeBuilder<RollupState> builder)
    {
        builder.ToTable("rollup_state");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasData(RollupState.Empty);
    }
}

internal sealed class ChannelCountConfiguration : IEntityTypeConfiguration<ChannelCount>
{
    public void Configure(EntityTypeBuilder<ChannelCount> builder)
    {
        builder.ToTable("channel_counts").HasStorageParameter("fillfactor", 90);
        builder.HasKey(c => new { c.ApplicationId, c.Resolution, c.Start, c.ChannelId });
    }
}

internal sealed class ChannelRunningCountsConfiguration : IEntityTypeConfiguration<ChannelRunningCounts>
{
    public void Configure(EntityTypeBuilder<ChannelRunningCounts> builder)
    {
        builder.ToTable("channel_running_counts");
        builder.HasKey(c => new { c.ApplicationId, c.Chunk, c.Resolution, c.Start });
    }
}

internal sealed class TypeCountConfiguration : IEntityTypeConfiguration<TypeCount>
{
    public void Configure(EntityTypeBuilder<TypeCount> builder)
    {
        builder.ToTable("type_counts").HasStorageParameter("fillfactor", 80);
        builder.HasKey(c => new { c.ApplicationId, c.Resolution, c.Start, c.Type });
    }
}

internal sealed class UserCountConfiguration : IEntityTypeConfiguration<UserCount>
{
    public void Configure(EntityTypeBuilder<UserCount> builder)
    {
        builder.ToTable("user_counts");
        builder.HasKey(c => new { c.ApplicationId, c.Resolution, c.Start, c.UserId });
    }
}

internal sealed class ChannelUserCountConfiguration : IEntityTypeConfiguration<ChannelUserCount>
{
    public void Configure(EntityTypeBuilder<ChannelUserCount> builder)
    {
        builder.ToTable("channel_user_counts");
        builder.HasKey(c => new { c.ApplicationId, c.ChannelId, c.Resolution, c.Start, c.UserId });
    }
}

internal sealed class ActivityConfiguration : IEntityTypeConfiguration<Activity>
{
    public void Configure(EntityTypeBuilder<Activity> builder)
    {
        builder.ToTable("activity").HasStorageParameter("fillfactor", 80);
        builder.HasKey(a => new { a.ApplicationId, a.Resolution, a.Start, a.Chunk });
        builder.Property(a => a.Users).HasColumnType($"bit({Activity.UsersPerChunk})");
    }
}

internal sealed class ChannelTotalConfiguration : IEntityTypeConfiguration<ChannelTotal>
{
    public void Configure(EntityTypeBuilder<ChannelTotal> builder)
    {
        builder.ToTable("channel_totals").HasStorageParameter("fillfactor", 70);
        builder.HasKey(t => new { t.ApplicationId, t.ChannelId });
    }
}

internal sealed class ChannelContributorConfiguration : IEntityTypeConfiguration<ChannelContributor>
{
    public void Configure(EntityTypeBuilder<ChannelContributor> builder)
    {
        builder.ToTable("channel_contributors").HasStorageParameter("fillfactor", 80);
        builder.HasKey(c => new { c.ApplicationId, c.ChannelId, c.UserId });
        builder.HasIndex(c => new { c.ApplicationId, c.UserId, c.ChannelId });
    }
}

internal sealed class UserTotalConfiguration : IEntityTypeConfiguration<UserTotal>
{
    public void Configure(EntityTypeBuilder<UserTotal> builder)
    {
        builder.ToTable("user_totals").HasStorageParameter("fillfactor", 80);
        builder.HasKey(t => new { t.ApplicationId, t.UserId });
    }
}
