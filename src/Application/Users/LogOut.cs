using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

public sealed record LogOut(string Token) : IRequest<Result<Done>>;

internal sealed class LogOutHandler(IChatDbContext db) : IRequestHandler<LogOut, Result<Done>>
{
    public async Task<Result<Done>> Handle(LogOut request, CancellationToken cancellationToken)
    {
        var hash = SecretToken.Hash(request.Token);
        await db.LoginTokens.Where(token => token.TokenHash == hash).ExecuteDeleteAsync(cancellationToken);
        return Done.Success;
    }
}
