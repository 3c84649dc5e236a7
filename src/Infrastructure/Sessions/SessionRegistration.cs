using ChatPlatform.Application.Sessions;
using ChatPlatform.Infrastructure.Events;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.Sessions;

internal static class SessionRegistration
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptions<SessionOptions>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Sessions").Bind(options));
        return services.AddScoped<IEphemeralEvents, EphemeralEvents>()
            .AddSingleton<SessionExpiry>()
            .AddHostedService<SessionExpiryWorker>();
    }
}
