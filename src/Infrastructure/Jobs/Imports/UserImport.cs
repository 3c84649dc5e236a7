using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

internal sealed class UserImport : IItemImporter<UserItem>
{
    public UserItem Read(ItemFields fields) => UserItem.Read(fields);

    public async Task ImportAsync(
        ImportContext context, ImportBatch<UserItem> batch, BatchRows rows, CancellationToken cancellationToken)
    {
        var application = context.Job.ApplicationId;
        var known = await context.FindKeysAsync(JobType.UserImport, batch.Keys, cancellationToken);

        var usedNames = (await context.QueryAsync(
            context.Select("name", "users", "application_id = $1 and name = any ($2)"),
            row => row.GetString(0),
            cancellationToken,
            application,
            batch.Items.Select(item => item.Value?.Name).OfType<string>().Distinct().ToArray())).ToHashSet();
        await context.Ids.ReserveUsersAsync(context.Connection, batch.Items.Count, cancellationToken);
        var now = context.Clock.UtcNow();
        foreach (var item in batch.Items)
        {
            if (item.Value is not { } value)
            {
                continue;
            }

            if (item.Key is not null && known.TryGetValue(item.Key, out var imported))
            {
                batch.Skip(item, imported);
                continue;
            }

            if (value.Name is not null && !usedNames.Add(value.Name))
            {
                batch.Fail(item, UserErrors.NameTaken(value.Name).Message);
                continue;
            }

            var user = Create(application, value, now);
            rows.Add(user);
            if (value.DeletedTime is { } deleted)
            {
                user.Delete(deleted);
            }

            var key = rows.AddKey(item, user.Id);
            rows.AddEvents(user);
            batch.Succeed();
            if (item.Key is not null)
            {
                known.Add(item.Key, key);
            }
        }
    }

    private static User Create(long applicationId, UserItem item, DateTime now)
    {
        var name = item.Name ?? "";
        var user = User.Create(
            applicationId, name, item.DisplayName ?? name, item.IsGuest, item.Properties, item.CreatedTime ?? now, item.Type);
        user.SetDisplayPicture(item.PictureUrl);
        user.SetPresenceStatus(item.PresenceStatus);
        return user;
    }
}
