using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class ApplicationConfiguration : IEntityTypeConfiguration<Domain.Applications.Application>
{
    public void Configure(EntityTypeBuilder<Domain.Applications.Application> builder)
    {
        builder.ToTable("applications");
        builder.Property(a => a.Key).HasMaxLength(255);
        builder.Property(a => a.GlobalId).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(a => a.Name).HasMaxLength(255);
        builder.Property(a => a.Properties).HasColumnType("jsonb");
        builder.Property(a => a.Version).HasColumnName("xmin").IsRowVersion();
        builder.HasIndex(a => a.Key).IsUnique();
    }
}

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> builder)
    {
        builder.ToTable("clients");
        builder.HasKey(c => new { c.ApplicationId, c.Id });
        builder.Property(c => c.Id).UseIdentityByDefaultColumn();
        builder.Property(c => c.ClientId).HasMaxLength(255);
        builder.HasIndex(c => c.ClientId).IsUnique();
        builder.HasIndex(c => c.DeveloperKeyHash).IsUnique();
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(c => c.ApplicationId);
    }
}

internal sealed class AccessTokenConfiguration : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> builder)
    {
        builder.ToTable("access_tokens");
        builder.HasKey(t => t.TokenHash);
        builder.HasIndex(t => t.ExpiresTime);
        builder.HasOne<Client>().WithMany().HasForeignKey(t => new { t.ApplicationId, t.ClientId });
    }
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasKey(a => new { a.ApplicationId, a.UserId });
        builder.Property(a => a.Email).HasMaxLength(320);
        builder.HasIndex(a => new { a.ApplicationId, a.Email }).IsUnique();
        builder.HasOne(a => a.User).WithOne().HasForeignKey<Account>(a => new { a.ApplicationId, a.UserId });
    }
}

internal sealed class LoginTokenConfiguration : IEntityTypeConfiguration<LoginToken>
{
    public void Configure(EntityTypeBuilder<LoginToken> builder)
    {
        builder.ToTable("login_tokens");
        builder.HasKey(t => t.TokenHash);
        builder.HasIndex(t => t.ExpiresTime);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => new { t.ApplicationId, t.UserId });
    }
}

internal sealed class PermissionConfiguration : IEntityTypeConfiguration<Permission>
{
    public void Configure(EntityTypeBuilder<Permission> builder)
    {
        builder.ToTable("permissions");
        builder.HasKey(p => new { p.ApplicationId, p.Name });
        builder.Property(p => p.Name).HasMaxLength(255);
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(p => p.ApplicationId);
    }
}

internal sealed class IdempotentResponseConfiguration : IEntityTypeConfiguration<IdempotentResponse>
{
    public void Configure(EntityTypeBuilder<IdempotentResponse> builder)
    {
        builder.ToTable("idempotent_responses");
        builder.HasKey(a => new { a.ApplicationId, a.KeyHash });
        builder.Property(a => a.ContentType).HasMaxLength(255);
        builder.Property(a => a.Location).HasMaxLength(2_048);
        builder.HasIndex(a => a.CreatedTime);
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(a => a.ApplicationId);
    }
}
