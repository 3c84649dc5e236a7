using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

public sealed record GetInvocation(long Id) : IRequest<Result<InvocationView>>;

internal sealed class GetInvocationHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<GetInvocation, Result<InvocationView>>
{
    public async Task<Result<InvocationView>> Handle(GetInvocation request, CancellationToken cancellationToken) =>
        await db.FunctionInvocations
            .Where(invocation => invocation.Id == request.Id && db.Functions.Any(function => function.Id == invocation.FunctionId))
            .ProjectTo<InvocationView>(mapping)
            .FirstOrDefaultAsync(cancellationToken) is { } invocation
            ? invocation
            : FunctionErrors.InvocationNotFound;
}
