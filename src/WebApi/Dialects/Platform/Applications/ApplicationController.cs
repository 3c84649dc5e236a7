using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Applications;

[Route("v1/application")]
public sealed class ApplicationController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Retrieves the application of the token.</summary>
    [HttpGet]
    [HttpGet("/v1/applications/{applicationId:long}")]
    [HttpGet("/v1/applications/me")]
    [RequiresScope("read:application")]
    [ProducesResponseType<ApplicationResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve() => Send(
        new GetApplication(), application => ApplicationResource.From(application, Links), application => application.Version);

    /// <summary>Retrieves the application's settings.</summary>
    [HttpGet("settings")]
    [RequiresScope("read:application")]
    [ProducesResponseType<SettingsResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> RetrieveSettings() => Send(
        new GetApplication(), SettingsResource.From, application => application.Version);

    /// <summary>Replaces the application's settings, given at the top level or below <c>features</c>.</summary>
    [HttpPut("settings")]
    [RequiresScope("update:application")]
    [ProducesResponseType<SettingsResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> UpdateSettings(SettingsBody body)
    {
        var request = body.ToRequest();
        return request.IsSuccess
            ? Send(
                versions => request.Value with { Versions = versions },
                application => new TaggedResult(SettingsResource.From(application), application.Version))
            : Task.FromResult(Refuse(request.Error));
    }
}

public sealed record SettingsBody
{
    public FeatureToggle? GuestUsers { get; init; }

    public FeatureToggle? UserCreatedChannels { get; init; }

    public FeaturesBody? Features { get; init; }

    internal Result<UpdateApplicationSettings> ToRequest()
    {
        if ((GuestUsers ?? Features?.GuestUsers) is not { } guests)
        {
            return CommonErrors.Invalid("guestUsers", "is required");
        }

        return (UserCreatedChannels ?? Features?.UserCreatedChannels) is { } channels
            ? new UpdateApplicationSettings(guests is FeatureToggle.Enabled, channels is FeatureToggle.Enabled)
            : CommonErrors.Invalid("userCreatedChannels", "is required");
    }
}

public sealed record FeaturesBody
{
    public FeatureToggle? GuestUsers { get; init; }

    public FeatureToggle? UserCreatedChannels { get; init; }
}
