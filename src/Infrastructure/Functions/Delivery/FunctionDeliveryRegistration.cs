using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

internal static class FunctionDeliveryRegistration
{
    public static IServiceCollection AddFunctionDelivery(this IServiceCollection services)
    {
        services.AddOptions<FunctionLimits>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Functions").Bind(options));
        services.AddScoped<IJobRunner, DependencyInstallationJob>();
        services.AddSingleton<FunctionFollower>();
        services.AddSingleton<FunctionQueue>();
        services.AddSingleton<FunctionCleanup>();
        return services.AddHostedService<FunctionWorker>();
    }
}
