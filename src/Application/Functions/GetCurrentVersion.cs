using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

public sealed record GetCurrentVersion(long FunctionId) : IRequest<Result<FunctionVersionView>>;

internal sealed class GetCurrentVersionHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<GetCurrentVersion, Result<FunctionVersionView>>
{
    public async Task<Result<FunctionVersionView>> Handle(GetCurrentVersion request, CancellationToken cancellationToken)
    {
        var number = await db.Functions.Where(function => function.Id == request.FunctionId)
            .Select(function => (int?)function.CurrentVersionNumber).FirstOrDefaultAsync(cancellationToken);
        if (number is null)
        {
            return FunctionErrors.NotFound;
        }

        return await db.FunctionVersions.Where(version => version.FunctionId == request.FunctionId && version.Number == number)
            .ProjectTo<FunctionVersionView>(mapping).FirstOrDefaultAsync(cancellationToken) is { } version
            ? version
            : FunctionErrors.NothingDeployed;
    }
}
