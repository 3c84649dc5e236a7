using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Applications;

/// <summary>Replaces the settings of the caller's application.</summary>
/// <param name="GuestUsers">Whether a session may be started with nothing but a name, making a guest of it.</param>
/// <param name="UserCreatedChannels">Whether users, not only the application, may open channels.</param>
/// <param name="Version">The only one to change; null changes whatever there is.</param>
public sealed record UpdateApplicationSettings(bool GuestUsers, bool UserCreatedChannels, uint? Version = null)
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

        if (!Preconditions.Hold(request.Version, application.Version))
        {
            return CommonErrors.Changed;
        }

        application.ChangeSettings(request.GuestUsers, request.UserCreatedChannels);
        await db.SaveChangesAsync(cancellationToken);
        return mapping.CreateMapper().Map<ApplicationView>(application);
    }
}
