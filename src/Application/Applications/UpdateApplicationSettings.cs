using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Applications;

/// <param name="Versions">The accepted versions; null for any.</param>
public sealed record UpdateApplicationSettings(bool GuestUsers, bool UserCreatedChannels, IReadOnlyCollection<uint>? Versions = null)
    : IRequest<Result<ApplicationView>>;

internal sealed class UpdateApplicationSettingsHandler(IChatDbContext db, ICurrentApplication current, IConfigurationProvider mapping)
    : IRequestHandler<UpdateApplicationSettings, Result<ApplicationView>>
{
    public async Task<Result<ApplicationView>> Handle(UpdateApplicationSettings request, CancellationToken cancellationToken)
    {
        var application = await db.Applications.FirstOrDefaultAsync(application => application.Id == current.Id, cancellationToken);
        if (application is null)
        {
            return ApplicationErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Versions, application.Version))
        {
            return CommonErrors.Changed;
        }

        application.ChangeSettings(request.GuestUsers, request.UserCreatedChannels);
        await db.SaveChangesAsync(cancellationToken);
        return mapping.CreateMapper().Map<ApplicationView>(application);
    }
}
