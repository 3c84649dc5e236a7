using ChatPlatform.Domain.Users;

namespace ChatPlatform.Application.Users;

public sealed record AccountView(
    long ApplicationId, long UserId, string Name, string DisplayName, string? Email, IReadOnlyList<string> Roles, DateTime CreatedTime)
{
    internal static AccountView Of(Account account) => new(
        account.ApplicationId,
        account.User.Id,
        account.User.Name,
        account.User.DisplayName,
        account.Email,
        account.Roles,
        account.User.CreatedTime);
}
