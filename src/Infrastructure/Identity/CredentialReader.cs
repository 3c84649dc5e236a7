using ChatPlatform.Application.Applications;
using ChatPlatform.Domain.Common;
using Npgsql;

namespace ChatPlatform.Infrastructure.Identity;

/// <summary>Uses prepared SQL, since one of these statements runs before every request.</summary>
internal sealed class CredentialReader(NpgsqlDataSource database, TimeProvider clock) : ICredentialReader
{
    private const string ByAccessToken =
        """
        select t.application_id, t.client_id, null::bigint, t.scopes
        from access_tokens t
        join clients c on (c.application_id, c.id) = (t.application_id, t.client_id)
        where t.token_hash = $1 and t.expires_time > $2 and c.revoked_time is null
        """;

    private const string ByDeveloperKey =
        """
        select c.application_id, c.id, null::bigint, c.scopes
        from clients c
        where c.developer_key_hash = $1 and c.revoked_time is null and $2::timestamptz is not null
        """;

    private const string ByLoginToken =
        """
        select t.application_id, null::bigint, t.user_id, a.roles
        from login_tokens t
        join accounts a on (a.application_id, a.user_id) = (t.application_id, t.user_id)
        join users u on (u.application_id, u.id) = (t.application_id, t.user_id)
        where t.token_hash = $1 and t.expires_time > $2 and u.deleted_time is null
        """;

    public Task<Caller?> FindByAccessTokenAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
        FindAsync(ByAccessToken, tokenHash, cancellationToken);

    public Task<Caller?> FindByDeveloperKeyAsync(byte[] keyHash, CancellationToken cancellationToken) =>
        FindAsync(ByDeveloperKey, keyHash, cancellationToken);

    public Task<Caller?> FindByLoginTokenAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
        FindAsync(ByLoginToken, tokenHash, cancellationToken);

    private async Task<Caller?> FindAsync(string sql, byte[] hash, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new() { Value = hash }, new() { Value = clock.UtcNow() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Caller(
                reader.GetInt64(0),
                reader.IsDBNull(1) ? null : reader.GetInt64(1),
                reader.IsDBNull(2) ? null : reader.GetInt64(2),
                reader.GetFieldValue<string[]>(3))
            : null;
    }
}
