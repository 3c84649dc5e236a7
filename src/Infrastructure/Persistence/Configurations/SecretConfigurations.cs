using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class UserSecretConfiguration : IEntityTypeConfiguration<UserSecret>
{
    public void Configure(EntityTypeBuilder<UserSecret> builder)
    {
        builder.ToTable("user_secrets");
        builder.HasKey(s => new { s.ApplicationId, s.UserId, s.Name });
        builder.Property(s => s.Name).HasMaxLength(TextLimits.Name);
        builder.HasOne<User>().WithMany().HasForeignKey(s => new { s.ApplicationId, s.UserId });
    }
}

internal sealed class DataKeyConfiguration : IEntityTypeConfiguration<DataKey>
{
    public void Configure(EntityTypeBuilder<DataKey> builder)
    {
        builder.ToTable("data_keys");
        builder.HasKey(k => new { k.ApplicationId, k.Id });
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.WrappedBy).HasMaxLength(64);
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(k => k.ApplicationId);
    }
}
