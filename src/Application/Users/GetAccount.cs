using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

public sealed record GetAccount(long UserId) : IRequest<Result<AccountView>>;

internal sealed class GetAccountHandler(IChatDbContext db) : IRequestHandler<GetAccount, Result<AccountView>>
{
    public async Task<Result<AccountView>> Handle(GetAccount request, CancellationToken cancellationToken) =>
        await db.Accounts.AsNoTracking().Include(a => a.User)
            .FirstOrDefaultAsync(a => a.UserId == request.UserId, cancellationToken) is { } account
            ? AccountView.Of(account)
            : UserErrors.NotFound;
}
