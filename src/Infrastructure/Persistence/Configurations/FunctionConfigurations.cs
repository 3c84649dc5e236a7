using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatPlatform.Infrastructure.Persistence.Configurations;

internal sealed class ChatRuntimeConfiguration : IEntityTypeConfiguration<ChatRuntime>
{
    private const int MaxFolder = 4_096;

    public void Configure(EntityTypeBuilder<ChatRuntime> builder)
    {
        builder.ToTable("chat_runtimes");
        builder.HasKey(r => r.ApplicationId);
        builder.Property(r => r.ApplicationId).ValueGeneratedNever();
        builder.Property(r => r.DependenciesFolder).HasMaxLength(MaxFolder);
        builder.Property(r => r.Dependencies).HasColumnType("jsonb").HasConversion(
            new JsonText<IReadOnlyList<RuntimeDependency>>(),
            ValueComparer.CreateDefault<IReadOnlyList<RuntimeDependency>>(favorStructuralComparisons: false));
        builder.Property(r => r.Version).HasColumnName("xmin").IsRowVersion();
        builder.HasOne<Domain.Applications.Application>().WithMany().HasForeignKey(r => r.ApplicationId);
        builder.HasMany(r => r.Variables).WithOne().HasForeignKey(v => v.ApplicationId);
    }
}

internal sealed class RuntimeVariableConfiguration : IEntityTypeConfiguration<RuntimeVariable>
{
    public void Configure(EntityTypeBuilder<RuntimeVariable> builder)
    {
        builder.ToTable("runtime_variables");
        builder.HasKey(v => new { v.ApplicationId, v.Name });
        builder.Property(v => v.Name).HasMaxLength(TextLimits.Name);
    }
}

internal sealed class ChatFunctionConfiguration : IEntityTypeConfiguration<ChatFunction>
{
    public void Configure(EntityTypeBuilder<ChatFunction> builder)
    {
        builder.ToTable("functions");
        builder.HasKey(f => new { f.ApplicationId, f.Id });
        builder.Property(f => f.Id).UseIdentityByDefaultColumn();
        builder.Property(f => f.Type).HasMaxLength(TextLimits.Name);
        builder.Property(f => f.Name).HasMaxLength(TextLimits.Name);
        builder.Property(f => f.Description).HasMaxLength(ChatFunction.MaxDescription);
        builder.Property(f => f.Version).HasColumnName("xmin").IsRowVersion();
        builder.Ignore(f => f.IsBlocking);

        // Read for every message and session, and for every batch of events.
        builder.HasIndex(f => new { f.ApplicationId, f.Type, f.Id }, "ix_functions_enabled").HasFilter("enabled");

        // Not by tenant: one worker serves all applications.
        builder.HasIndex(f => f.DeletedTime, "ix_functions_deleted").HasFilter("deleted_time is not null");
        builder.HasOne(f => f.Runtime).WithMany().HasForeignKey(f => f.ApplicationId);
    }
}

internal sealed class ChatFunctionVersionConfiguration : IEntityTypeConfiguration<ChatFunctionVersion>
{
    public void Configure(EntityTypeBuilder<ChatFunctionVersion> builder)
    {
        builder.ToTable("function_versions");
        builder.HasKey(v => new { v.ApplicationId, v.Id });
        builder.Property(v => v.Id).UseIdentityByDefaultColumn();
        builder.HasIndex(v => new { v.ApplicationId, v.FunctionId, v.Number }).IsUnique();
        builder.HasOne<ChatFunction>().WithMany().HasForeignKey(v => new { v.ApplicationId, v.FunctionId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ChatFunctionInvocationConfiguration : IEntityTypeConfiguration<ChatFunctionInvocation>
{
    public void Configure(EntityTypeBuilder<ChatFunctionInvocation> builder)
    {
        builder.ToTable("function_invocations");
        builder.HasKey(i => new { i.ApplicationId, i.Id });
        builder.Property(i => i.Id).UseIdentityByDefaultColumn();

        // Text, not jsonb: scripts can return NUL and lone surrogates, and members keep their order.
        builder.Property(i => i.Failure).HasConversion<JsonText<InvocationFailure>>();
        builder.Property(i => i.Console).HasConversion(
            new JsonText<IReadOnlyList<InvocationConsoleLine>>(),
            ValueComparer.CreateDefault<IReadOnlyList<InvocationConsoleLine>>(favorStructuralComparisons: false));
        builder.HasIndex(i => new { i.ApplicationId, i.FunctionId, i.Id });

        // Not by tenant: one worker serves all applications.
        builder.HasIndex(i => i.LeaseUntil, "ix_function_invocations_running").HasFilter("status = 0");
        builder.HasIndex(i => i.EndedTime, "ix_function_invocations_ended").HasFilter("ended_time is not null");
        builder.HasOne<ChatFunction>().WithMany().HasForeignKey(i => new { i.ApplicationId, i.FunctionId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class FunctionDeliveryConfiguration : IEntityTypeConfiguration<FunctionDelivery>
{
    public void Configure(EntityTypeBuilder<FunctionDelivery> builder)
    {
        builder.ToTable("function_deliveries");
        builder.HasKey(d => new { d.ApplicationId, d.Id });
        builder.Property(d => d.Id).UseIdentityByDefaultColumn();
        builder.Property(d => d.Failure).HasConversion<JsonText<InvocationFailure>>();
        builder.HasIndex(d => new { d.ApplicationId, d.FunctionId, d.ChannelId, d.Id }, "ix_function_deliveries_order")
            .HasFilter("state in (0, 1)");
        builder.HasIndex(d => new { d.ApplicationId, d.FunctionId, d.Id }, "ix_function_deliveries_dead").HasFilter("state = 2");

        // Not by tenant: one worker serves all applications.
        builder.HasIndex(d => new { d.NotBefore, d.Id }, "ix_function_deliveries_open").HasFilter("state in (0, 1)");
        builder.HasIndex(d => d.EndedTime, "ix_function_deliveries_ended").HasFilter("state = 2");
        builder.HasOne<ChatFunction>().WithMany().HasForeignKey(d => new { d.ApplicationId, d.FunctionId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
