using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Events;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.Statistics;

internal static class StatisticsRegistration
{
    public static IServiceCollection AddStatistics(this IServiceCollection services)
    {
        services.AddSingleton<StatisticsFold>();
        services.AddSingleton<RollupGrowth>();
        services.AddSingleton<StatisticsVerifier>();
        services.AddSingleton<StatisticsRebuild>();
        services.AddScoped<RollupReader>();
        services.AddScoped<IChannelStatistics, ChannelStatistics>();
        services.AddScoped<IMessageStatistics, MessageStatistics>();
        services.AddScoped<IUserStatistics, UserStatistics>();
        services.AddOptions<StatisticsOptions>().Configure<IServiceProvider>((options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection("Statistics").Bind(options));
        services.AddMetrics();
        services.AddSingleton<EventLog>();
        services.AddHostedService<StatisticsFollower>();
        services.AddSingleton<StatisticsSelfCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<StatisticsSelfCheck>());
        return services;
    }
}
