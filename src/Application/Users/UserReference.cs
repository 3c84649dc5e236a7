using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>The id wins when both are given.</summary>
public sealed record UserReference(long? Id = null, string? Username = null)
{
    public override string ToString() => Id?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Username ?? "";
}

internal static class UserReferenceRule
{
    /// <summary>Requires an id or a valid username. Null is left to other rules.</summary>
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
                context.AddFailure($"must contain a username of 1 to {TextLimits.Name} characters");
            }
        });
}

internal static class UserLookup
{
    public static IQueryable<User> NotDeleted(this IQueryable<User> users) => users.Where(user => user.DeletedTime == null);

    public static IQueryable<User> ByReference(this IQueryable<User> users, UserReference reference) => reference.Id is { } id
        ? users.NotDeleted().Where(user => user.Id == id)
        : users.NotDeleted().Where(user => user.Name == reference.Username);

    /// <summary>Reads all references at once. The first unknown user is an error that names its field.</summary>
    public static async Task<Result<IReadOnlyList<User>>> FindAllAsync(
        this IQueryable<User> users, IReadOnlyList<(string Field, UserReference User)> references, CancellationToken cancellationToken)
    {
        if (references.Count == 0)
        {
            return Array.Empty<User>();
        }

        var ids = references.Where(r => r.User.Id is not null).Select(r => r.User.Id!.Value).Distinct().ToArray();
        var names = references.Where(r => r.User.Id is null).Select(r => r.User.Username!).Distinct().ToArray();
        var found = await users.NotDeleted()
            .Where(user => ids.Contains(user.Id) || names.Contains(user.Name)).ToListAsync(cancellationToken);
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
