using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Looks up what a batch's items refer to, one query per batch.</summary>
internal static class ImportLookups
{
    /// <summary>Keys that were imported before, and those that exports of this application have generated.</summary>
    public static async Task<Dictionary<string, ImportedKey>> FindKeysAsync(
        this ImportContext context, JobType type, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var wanted = keys.Distinct().ToArray();
        var found = wanted.Length == 0 ? [] : await context.QueryAsync(
            context.Select("key, target_id, content_hash", "import_keys", "application_id = $1 and type = $2 and key = any ($3)"),
            row => (Key: row.GetString(0), Item: new ImportedKey(row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2))),
            cancellationToken,
            context.Job.ApplicationId,
            (int)type,
            wanted);
        var known = found.ToDictionary(row => row.Key, row => row.Item);
        foreach (var key in wanted)
        {
            if (GeneratedKey.TargetOf(key, type, context.GlobalId) is { } target)
            {
                known.TryAdd(key, new ImportedKey(target, null));
            }
        }

        return known;
    }

    /// <summary>Excludes deleted channels.</summary>
    public static Task<List<Channel>> FindChannelsAsync(
        this ImportContext context, string where, object argument, CancellationToken cancellationToken) => context.Db.Channels
        .FromSqlRaw(
            context.Select("*, xmin", "channels", $"application_id = {{0}} and deleted_time is null and {where}"),
            context.Job.ApplicationId,
            argument)
        .IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);

    /// <summary>Which of the pairs exist in a table of channels and users.</summary>
    public static async Task<HashSet<(long Channel, long User)>> FindPairsAsync(
        this ImportContext context, string table, IReadOnlyCollection<(long Channel, long User)> pairs, CancellationToken cancellationToken)
    {
        var found = pairs.Count == 0 ? [] : await context.QueryAsync(
            context.Select(
                "channel_id, user_id",
                table,
                "application_id = $1 and (channel_id, user_id) in (select * from unnest($2::bigint[], $3::bigint[]))"),
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            context.Job.ApplicationId,
            pairs.Select(pair => pair.Channel).ToArray(),
            pairs.Select(pair => pair.User).ToArray());
        return [.. found];
    }
}
