using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Users;

/// <param name="Name">Exact; null for all.</param>
/// <param name="Properties">A JSON object, as text, that the user's properties must contain.</param>
public sealed record ListUsers(PageRequest Page, string? Name = null, string? Properties = null) : IRequest<Result<Page<UserView>>>;

internal sealed class ListUsersValidator : AbstractValidator<ListUsers>
{
    public ListUsersValidator()
    {
        RuleFor(r => r.Page).PageOf(UserSorting.Users);
        RuleFor(r => r.Name).OptionalText(TextLimits.Name);
        RuleFor(r => r.Properties).PropertiesObject();
    }
}

internal sealed class ListUsersHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListUsers, Result<Page<UserView>>>
{
    public async Task<Result<Page<UserView>>> Handle(ListUsers request, CancellationToken cancellationToken)
    {
        var users = db.Users.NotDeleted();
        if (request.Name is { } name)
        {
            users = users.Where(user => user.Name == name);
        }

        if (request.Properties is { } properties)
        {
            users = users.Where(user => StoreFunctions.JsonContains(user.Properties, properties));
        }

        return await UserSorting.Users.Apply(users, request.Page.Sort).ProjectTo<UserView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}

internal static class UserSorting
{
    public static readonly Sorting<User> Users = new Sorting<User>("id", user => user.Id)
        .By("name", user => user.Name)
        .By("displayName", user => user.DisplayName)
        .By("type", user => user.Type)
        .By("isGuest", user => user.IsGuest)
        .By("callStatus", user => user.CallStatus)
        .By("createdTime", user => user.CreatedTime);
}
