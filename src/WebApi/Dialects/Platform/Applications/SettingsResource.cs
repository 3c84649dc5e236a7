using System.Text.Json.Serialization;
using ChatPlatform.Application.Applications;

namespace ChatPlatform.WebApi.Dialects.Platform.Applications;

public enum FeatureToggle
{
    Disabled = 0,
    Enabled = 1,
}

/// <summary>The settings, at the top level and below <c>features</c>: the vendor's schema and example differ.</summary>
public sealed record SettingsResource(FeatureToggle GuestUsers, FeatureToggle UserCreatedChannels, FeaturesResource Features)
{
    public static SettingsResource From(ApplicationView application)
    {
        var guests = Toggle(application.GuestUsersEnabled);
        var channels = Toggle(application.UserCreatedChannelsEnabled);
        return new SettingsResource(guests, channels, new FeaturesResource(guests, channels));
    }

    private static FeatureToggle Toggle(bool enabled) => enabled ? FeatureToggle.Enabled : FeatureToggle.Disabled;
}

/// <summary>The names are always in snake_case.</summary>
public sealed record FeaturesResource(
    [property: JsonPropertyName("guest_users")] FeatureToggle GuestUsers,
    [property: JsonPropertyName("user_created_channels")] FeatureToggle UserCreatedChannels);
