using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>A user named by id or by name; the id counts when both are given.</summary>
public sealed record UserReference(long? Id = null, string? Username = null)
{
    public override string ToString() => Id?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Username ?? "";
}

internal static class UserReferenceRule
{
    /// <summary>Names somebody, by an id or by a name that a user could have. Null is for others to refuse.</summary>
    public static IRuleBuilderOptionsConditions<T, UserReference?> Reference<T>(this IRuleBuilder<T, UserReference?> rule) => rule
        .Custom((reference, context) =>
        {
            if (reference is { Id: null, Username: null })
            {
                context.AddFailure("must name a user by id or by username");
            }
            else if (reference is { Id: null, Username: { } name }
                && (string.IsNullOrWhiteSpace(name) || name.Length > TextLimits.Name || !StorableText.IsStorable(name)))
            {
                context.AddFailure($"must hold a username of 1 to {TextLimits.Name} characters");
            }
        });
}

internal static class UserLookup
{
    /// <summary>The users who were not deleted.</summary>
    public static IQueryable<User> NotDeleted(this IQueryable<User> users) => users.Where(user => user.DeletedTime == null);

    public static IQueryable<User> ByReference(this IQueryable<User> users, UserReference reference) => reference.Id is { } id
        ? users.NotDeleted().Where(user => user.Id == id)
        : users.NotDeleted().Where(user => user.Name == reference.Username);

    /// <summary>All users referred to, in one read; the first reference to nobody is an error that names its field.</summary>
    public static async Task<Result<IReadOnlyList<User>>> FindAllAsync(
        this IQueryable<User> users, IReadOnlyList<(string Field, UserReference User)> references, CancellationToken cancellationToken)
    {
        if (references.Count == 0)
        {
            return Array.Empty<User>();
        }

        var ids = references.Where(r => r.User.Id is not null).Select(r => r.User.Id!.Value).Distinct().ToArray();
        var names = references.Where(r => r.User.Id is null).Select(r => r.User.Username!).Distinct().ToArray();
        var found = await users.NotDeleted().Where(user => ids.Contains(user.Id) || names.Contains(user.Name)).ToListAsync(cancellationToken);
        var byId = found.ToDictionary(user => user.Id);
        var byName = found.ToDictionary(user => user.Name);
        var inOrder = new List<User>(references.Count);
        foreach (var (field, reference) in references)
        {
            var user = reference.Id is { } id ? byId.GetValueOrDefault(id) : byName.GetValueOrDefault(reference.Username!);
            if (user is null)
            {
                return UserErrors.Unknown(field, reference.ToString());
            }

            inOrder.Add(user);
        }

        return inOrder;
    }
}
