using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Applications;

public sealed record GetApplication : IRequest<Result<ApplicationView>>;

internal sealed class GetApplicationHandler(IChatDbContext db, ICurrentApplication current, IConfigurationProvider mapping)
    : IRequestHandler<GetApplication, Result<ApplicationView>>
{
    public async Task<Result<ApplicationView>> Handle(GetApplication request, CancellationToken cancellationToken)
    {
        var application = await db.Applications.Where(application => application.Id == current.Id)
            .ProjectTo<ApplicationView>(mapping).FirstOrDefaultAsync(cancellationToken);
        return application is null ? ApplicationErrors.NotFound : application;
    }
}
