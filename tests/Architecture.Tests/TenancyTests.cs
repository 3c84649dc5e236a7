using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Architecture.Tests;

/// <summary>The application id comes first in every key, index and reference, so that no row can refer to another tenant.</summary>
public sealed class TenancyTests
{
    private const string Tenant = nameof(ITenantOwned.ApplicationId);

    /// <summary>Tables that resolve the application of a caller, or hold the state of the server itself.</summary>
    private static readonly string[] TenantFreeTables =
        ["applications", "access_tokens", "login_tokens", "follower_positions", "rollup_state"];

    /// <summary>Indexes for work across tenants, or before the tenant is known.</summary>
    private static readonly string[] TenantFreeIndexes =
    [
        "ix_clients_client_id", "ix_clients_developer_key_hash", "ix_jobs_open", "ix_jobs_retained_files",
        "ix_events_commit_order", "ix_idempotent_responses_created_time", "ix_chat_outbox_open", "ix_hosted_files_released",
        "ix_function_invocations_running", "ix_function_invocations_ended", "ix_function_deliveries_open", "ix_function_deliveries_ended",
        "ix_functions_deleted",
    ];

    private IReadOnlyList<IEntityType> _tenantTypes = null!;
    private IReadOnlyList<IEntityType> _types = null!;

    [OneTimeSetUp]
    public void ReadModel()
    {
        using var source = NpgsqlDataSource.Create("Host=nowhere");
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        DependencyInjection.Configure(options, source);
        using var db = new ChatDbContext(options.Options);
        _types = [.. db.Model.GetEntityTypes().Where(type => type.GetTableName() is not null)];
        _tenantTypes = [.. _types.Where(type => !TenantFreeTables.Contains(type.GetTableName()))];
    }

    [Test]
    public void Exemptions_are_real()
    {
        Assert.That(TenantFreeTables.Except(_types.Select(type => type.GetTableName())), Is.Empty, "tables");
        Assert.That(
            TenantFreeIndexes.Except(_types.SelectMany(type => type.GetIndexes()).Select(index => index.GetDatabaseName())),
            Is.Empty,
            "indexes");
    }

    [Test]
    public void Primary_keys_begin_with_the_application() =>
        Assert.That(
            _tenantTypes.Where(type => !BeginsWithTenant(type.FindPrimaryKey()!.Properties)).Select(type => type.GetTableName()),
            Is.Empty);

    [Test]
    public void Indexes_begin_with_the_application() =>
        Assert.That(
            _tenantTypes.SelectMany(type => type.GetIndexes())
                .Where(index => !BeginsWithTenant(index.Properties) && !TenantFreeIndexes.Contains(index.GetDatabaseName()))
                .Select(index => index.GetDatabaseName()),
            Is.Empty);

    [Test]
    public void References_begin_with_the_application() =>
        Assert.That(
            _types.SelectMany(type => type.GetForeignKeys())
                .Where(reference => !BeginsWithTenant(reference.Properties)
                    || !(BeginsWithTenant(reference.PrincipalKey.Properties)
                        || reference.PrincipalEntityType.GetTableName() == "applications"))
                .Select(reference => reference.GetConstraintName()),
            Is.Empty);

    [Test]
    public void Tenant_rows_are_filtered_by_their_application() =>
        Assert.That(
            _tenantTypes.Where(type => type.ClrType != typeof(Client))
                .Where(type => !type.ClrType.IsAssignableTo(typeof(ITenantOwned)) || type.GetDeclaredQueryFilters().Count == 0)
                .Select(type => type.GetTableName()),
            Is.Empty);

    private static bool BeginsWithTenant(IReadOnlyList<IReadOnlyProperty> properties) => properties[0].Name == Tenant;
}
