using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

public sealed record GetFunctionVersion(long Id) : IRequest<Result<FunctionVersionView>>;

internal sealed class GetFunctionVersionHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<GetFunctionVersion, Result<FunctionVersionView>>
{
    public async Task<Result<FunctionVersionView>> Handle(GetFunctionVersion request, CancellationToken cancellationToken) =>
        await db.FunctionVersions
            .Where(version => version.Id == request.Id && db.Functions.Any(function => function.Id == version.FunctionId))
            .ProjectTo<FunctionVersionView>(mapping)
            .FirstOrDefaultAsync(cancellationToken) is { } version
            ? version
            : FunctionErrors.VersionNotFound;
}
