using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>The users that a batch refers to: existing users by name, and also deleted ones by their import keys.</summary>
internal sealed class UserDirectory
{
    private readonly Dictionary<string, User> _byName;
    private readonly Dictionary<string, User> _byKey;

    private UserDirectory(Dictionary<string, User> byName, Dictionary<string, User> byKey) => (_byName, _byKey) = (byName, byKey);

    public static async Task<UserDirectory> ReadAsync(
        ImportContext context, IEnumerable<string> names, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var distinct = names.Distinct().ToArray();
        var byName = distinct.Length == 0
            ? []
            : await FindAsync(context, "name = any ({1}) and deleted_time is null", distinct, cancellationToken);
        var targets = await context.FindKeysAsync(JobType.UserImport, keys, cancellationToken);
        var found = targets.Count == 0
            ? []
            : await FindAsync(
                context, "id = any ({1})", targets.Values.Select(known => known.Target).Distinct().ToArray(), cancellationToken);
        var byId = found.ToDictionary(user => user.Id);
        return new UserDirectory(
            byName.ToDictionary(user => user.Name),
            targets.Where(pair => byId.ContainsKey(pair.Value.Target)).ToDictionary(pair => pair.Key, pair => byId[pair.Value.Target]));
    }

    public User? ByName(string? name) => name is null ? null : _byName.GetValueOrDefault(name);

    public User? ByKey(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>All users, or an error that names the unknown ones.</summary>
    /// <param name="field">The item's field, for the error.</param>
    public Result<List<User>> All(string field, IEnumerable<string> names, IEnumerable<string> keys)
    {
        const int maxReported = 10;
        var found = names.Select(name => (Reference: name, User: ByName(name)))
            .Concat(keys.Select(key => (Reference: key, User: ByKey(key)))).ToList();
        var unknown = found.Where(user => user.User is null).Select(user => user.Reference).Distinct().Take(maxReported).ToList();
        return unknown.Count > 0
            ? UserErrors.Unknown(field, string.Join("', '", unknown))
            : found.Select(user => user.User!).Distinct().ToList();
    }

    /// <summary>Users of a batch are held until its commit, unless they are read together with staged ones.</summary>
    private static Task<List<User>> FindAsync(ImportContext context, string where, object argument, CancellationToken cancellationToken)
    {
        var held = context.IsStaged ? "" : " for key share";
        return context.Db.Users
            .FromSqlRaw(
                context.Select("*, xmin", "users", $"application_id = {{0}} and {where}{held}"), context.Job.ApplicationId, argument)
            .IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);
    }
}
