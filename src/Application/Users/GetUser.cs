using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

public sealed record GetUser(UserReference User) : IRequest<Result<UserView>>;

internal sealed class GetUserValidator : AbstractValidator<GetUser>
{
    public GetUserValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class GetUserHandler(IChatDbContext db, IConfigurationProvider mapping) : IRequestHandler<GetUser, Result<UserView>>
{
    public async Task<Result<UserView>> Handle(GetUser request, CancellationToken cancellationToken)
    {
        var user = await db.Users.ByReference(request.User).ProjectTo<UserView>(mapping).FirstOrDefaultAsync(cancellationToken);
        return user is null ? UserErrors.NotFound : user;
    }
}
