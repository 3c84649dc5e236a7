using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

public sealed record GetFunction(long Id) : IRequest<Result<FunctionView>>;

internal sealed class GetFunctionHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<GetFunction, Result<FunctionView>>
{
    public async Task<Result<FunctionView>> Handle(GetFunction request, CancellationToken cancellationToken) =>
        await db.Functions.Where(function => function.Id == request.Id).ProjectTo<FunctionView>(mapping)
            .FirstOrDefaultAsync(cancellationToken) is { } function
            ? function
            : FunctionErrors.NotFound;
}
